/**
 * The log of events, by position.
 */
@NullMarked
package io.irpc.journal;

import org.jspecify.annotations.NullMarked;
