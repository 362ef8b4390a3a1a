/**
 * Observations and meters of commands, calls and events.
 */
@NullMarked
package io.irpc.observation;

import org.jspecify.annotations.NullMarked;
