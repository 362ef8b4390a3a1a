/**
 * The listener inside an application.
 */
@NullMarked
package io.irpc.server;

import org.jspecify.annotations.NullMarked;
