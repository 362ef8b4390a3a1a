/**
 * The package of an application whose events are found at its start.
 */
@NullMarked
package io.irpc.event.scanned;

import org.jspecify.annotations.NullMarked;
