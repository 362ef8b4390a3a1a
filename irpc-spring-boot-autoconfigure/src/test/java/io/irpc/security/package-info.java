/**
 * Tests of logins and rights.
 */
@NullMarked
package io.irpc.security;

import org.jspecify.annotations.NullMarked;
