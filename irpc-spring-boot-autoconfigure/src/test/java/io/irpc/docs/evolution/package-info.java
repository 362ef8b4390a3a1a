/**
 * The code of the chapter about changing interfaces.
 */
@NullMarked
package io.irpc.docs.evolution;

import org.jspecify.annotations.NullMarked;
