/**
 * Functions: service beans found, named, bound to arguments, invoked.
 */
@NullMarked
package io.irpc.service;

import org.jspecify.annotations.NullMarked;
