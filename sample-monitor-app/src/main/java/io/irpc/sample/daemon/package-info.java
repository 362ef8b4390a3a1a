/**
 * The part of the application that a profile switches on as the daemon.
 */
@NullMarked
package io.irpc.sample.daemon;

import org.jspecify.annotations.NullMarked;
