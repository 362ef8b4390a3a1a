/**
 * The settings that can be changed while the daemon runs.
 */
@NullMarked
package io.irpc.sample.daemon.settings;

import org.jspecify.annotations.NullMarked;
