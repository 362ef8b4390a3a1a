/**
 * Samples of the part about health, the end of a server, and containers.
 */
@NullMarked
package io.irpc.docs.health;

import org.jspecify.annotations.NullMarked;
