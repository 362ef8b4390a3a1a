/**
 * Tests of pairing.
 */
@NullMarked
package io.irpc.security.pairing;

import org.jspecify.annotations.NullMarked;
