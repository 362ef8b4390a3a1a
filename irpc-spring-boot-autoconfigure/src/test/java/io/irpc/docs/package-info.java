/**
 * Checks that what the documentation shows happens.
 */
@NullMarked
package io.irpc.docs;

import org.jspecify.annotations.NullMarked;
