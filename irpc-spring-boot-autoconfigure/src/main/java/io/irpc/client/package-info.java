/**
 * The client: calls, event subscriptions, reconnection.
 */
@NullMarked
package io.irpc.client;

import org.jspecify.annotations.NullMarked;
