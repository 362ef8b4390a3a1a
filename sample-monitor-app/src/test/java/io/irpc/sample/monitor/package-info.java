/**
 * Tests of the monitor with a daemon.
 */
@NullMarked
package io.irpc.sample.monitor;

import org.jspecify.annotations.NullMarked;
