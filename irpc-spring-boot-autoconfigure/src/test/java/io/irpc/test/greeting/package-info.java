/**
 * An application to test with the test kit.
 */
@NullMarked
package io.irpc.test.greeting;

import org.jspecify.annotations.NullMarked;
