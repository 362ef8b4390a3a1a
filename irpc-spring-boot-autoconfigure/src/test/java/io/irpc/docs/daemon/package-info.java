/**
 * The application of "Getting started" that publishes functions and events.
 */
@NullMarked
package io.irpc.docs.daemon;

import org.jspecify.annotations.NullMarked;
