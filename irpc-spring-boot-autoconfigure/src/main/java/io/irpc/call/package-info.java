/**
 * Calls of functions of the peer: what clients make, and servers on their sessions.
 */
@NullMarked
package io.irpc.call;

import org.jspecify.annotations.NullMarked;
