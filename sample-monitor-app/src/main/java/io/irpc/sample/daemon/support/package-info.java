/**
 * What every part of the daemon stands on: properties, files and failures at start.
 */
@NullMarked
package io.irpc.sample.daemon.support;

import org.jspecify.annotations.NullMarked;
