/**
 * Auto-configuration and properties.
 */
@NullMarked
package io.irpc.autoconfigure;

import org.jspecify.annotations.NullMarked;
