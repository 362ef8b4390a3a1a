/**
 * Auto-configuration of observations.
 */
@NullMarked
package io.irpc.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
