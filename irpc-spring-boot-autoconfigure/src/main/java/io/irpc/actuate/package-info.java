/**
 * What Actuator shows of servers and clients, and lets be done to them.
 */
@NullMarked
package io.irpc.actuate;

import org.jspecify.annotations.NullMarked;
