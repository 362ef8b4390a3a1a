/**
 * Netty: connections over TCP, over Unix domain sockets and inside one process.
 */
@NullMarked
package io.irpc.transport;

import org.jspecify.annotations.NullMarked;
