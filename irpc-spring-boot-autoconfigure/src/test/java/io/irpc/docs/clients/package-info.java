/**
 * An application with several clients, and a program without an application context.
 */
@NullMarked
package io.irpc.docs.clients;

import org.jspecify.annotations.NullMarked;
