/**
 * The code of the chapter about services.
 */
@NullMarked
package io.irpc.docs.services;

import org.jspecify.annotations.NullMarked;
