/**
 * Annotations by which an application publishes functions and events.
 */
@NullMarked
package io.irpc.annotation;

import org.jspecify.annotations.NullMarked;
