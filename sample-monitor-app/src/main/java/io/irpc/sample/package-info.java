/**
 * The sample application: a daemon that evaluates measurements, and its monitor.
 */
@NullMarked
package io.irpc.sample;

import org.jspecify.annotations.NullMarked;
