/**
 * What it costs to tell thousands of sessions of one event, measured.
 */
@NullMarked
package io.irpc.fanout;

import org.jspecify.annotations.NullMarked;
