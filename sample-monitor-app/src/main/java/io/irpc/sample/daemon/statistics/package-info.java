/**
 * Measurements as they are read from a file, with their statistics per station.
 */
@NullMarked
package io.irpc.sample.daemon.statistics;

import org.jspecify.annotations.NullMarked;
