/**
 * The monitor: shows the errors of a daemon in a terminal, from anywhere.
 */
@NullMarked
package io.irpc.sample.monitor;

import org.jspecify.annotations.NullMarked;
