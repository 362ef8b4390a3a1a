/**
 * Netty: connections over TCP or Unix domain sockets.
 */
@NullMarked
package io.irpc.transport;

import org.jspecify.annotations.NullMarked;
