/**
 * Who may do what with the daemon.
 */
@NullMarked
package io.irpc.sample.daemon.access;

import org.jspecify.annotations.NullMarked;
