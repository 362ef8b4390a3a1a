/**
 * Spring Security for sessions: who logs in, who may use what.
 */
@NullMarked
package io.irpc.security;

import org.jspecify.annotations.NullMarked;
