/**
 * What tests of applications need: a slice, a client and links that fail.
 */
@NullMarked
package io.irpc.test;

import org.jspecify.annotations.NullMarked;
