/**
 * Tests of the documentation: how applications are tested.
 */
@NullMarked
package io.irpc.docs.testing;

import org.jspecify.annotations.NullMarked;
