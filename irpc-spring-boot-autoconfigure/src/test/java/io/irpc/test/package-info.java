/**
 * Tests of the test kit.
 */
@NullMarked
package io.irpc.test;

import org.jspecify.annotations.NullMarked;
