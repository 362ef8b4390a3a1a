/**
 * The code of the chapter about events.
 */
@NullMarked
package io.irpc.docs.events;

import org.jspecify.annotations.NullMarked;
