/**
 * What the daemon publishes: its functions, its events and their values.
 */
@NullMarked
package io.irpc.sample.api;

import org.jspecify.annotations.NullMarked;
