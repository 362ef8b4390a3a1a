/**
 * Tests of contracts.
 */
@NullMarked
package io.irpc.test.contract;

import org.jspecify.annotations.NullMarked;
