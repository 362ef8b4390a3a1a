/**
 * Processes that are killed and links that fail while events are delivered: the profile
 * {@code faults}, and what of it is short enough for each build.
 */
@NullMarked
package io.irpc.fault;

import org.jspecify.annotations.NullMarked;
