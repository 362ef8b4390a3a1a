/**
 * One JSON value as bytes, with its conversion from and to Java types.
 */
@NullMarked
package io.irpc.payload;

import org.jspecify.annotations.NullMarked;
