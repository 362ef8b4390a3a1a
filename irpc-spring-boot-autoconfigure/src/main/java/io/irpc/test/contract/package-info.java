/**
 * What an application publishes, compared with what it published before.
 */
@NullMarked
package io.irpc.test.contract;

import org.jspecify.annotations.NullMarked;
