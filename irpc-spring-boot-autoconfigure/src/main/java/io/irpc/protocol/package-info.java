/**
 * Messages of the IRPC wire protocol, with the codec of their lines.
 */
@NullMarked
package io.irpc.protocol;

import org.jspecify.annotations.NullMarked;
