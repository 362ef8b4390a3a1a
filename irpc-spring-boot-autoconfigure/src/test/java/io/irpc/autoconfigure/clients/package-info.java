/**
 * Interfaces that are imported as clients.
 */
@NullMarked
package io.irpc.autoconfigure.clients;

import org.jspecify.annotations.NullMarked;
