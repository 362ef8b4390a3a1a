/**
 * Old and new versions of services and clients that meet.
 */
@NullMarked
package io.irpc.evolution;

import org.jspecify.annotations.NullMarked;
