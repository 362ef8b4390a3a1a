/**
 * Auto-configuration of what Actuator shows of servers and clients.
 */
@NullMarked
package io.irpc.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
