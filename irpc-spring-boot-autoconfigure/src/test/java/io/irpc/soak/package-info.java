/**
 * A server among hostile peers, for minutes: the profile {@code soak}.
 */
@NullMarked
package io.irpc.soak;

import org.jspecify.annotations.NullMarked;
