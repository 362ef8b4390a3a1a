/**
 * An application that is processed ahead of time.
 */
@NullMarked
package io.irpc.autoconfigure.ahead;

import org.jspecify.annotations.NullMarked;
