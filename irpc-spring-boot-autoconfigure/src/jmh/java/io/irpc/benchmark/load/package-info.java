/**
 * Measures whole peers, this product among them: a server and a client process on the
 * loopback address, calls in a closed loop.
 */
@NullMarked
package io.irpc.benchmark.load;

import org.jspecify.annotations.NullMarked;
