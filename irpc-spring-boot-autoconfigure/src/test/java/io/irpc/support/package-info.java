/**
 * What several tests share.
 */
@NullMarked
package io.irpc.support;

import org.jspecify.annotations.NullMarked;
