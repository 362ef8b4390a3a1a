/**
 * Auto-configuration of Spring Security for sessions.
 */
@NullMarked
package io.irpc.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
