/**
 * The application of "Getting started" that calls functions and listens to events.
 */
@NullMarked
package io.irpc.docs.monitor;

import org.jspecify.annotations.NullMarked;
