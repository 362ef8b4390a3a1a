/**
 * The code of the chapter about security.
 */
@NullMarked
package io.irpc.docs.security;

import org.jspecify.annotations.NullMarked;
