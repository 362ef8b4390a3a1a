/**
 * Application events out to subscribed sessions.
 */
@NullMarked
package io.irpc.event;

import org.jspecify.annotations.NullMarked;
