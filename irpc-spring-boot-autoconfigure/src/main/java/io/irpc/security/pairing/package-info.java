/**
 * Pairing: clients get credentials of their own for a code that is used once.
 */
@NullMarked
package io.irpc.security.pairing;

import org.jspecify.annotations.NullMarked;
