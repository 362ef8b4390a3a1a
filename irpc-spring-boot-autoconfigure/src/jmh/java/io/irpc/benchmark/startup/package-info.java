/**
 * An application whose start-up is measured, apart from all that would be scanned with
 * it.
 */
@NullMarked
package io.irpc.benchmark.startup;

import org.jspecify.annotations.NullMarked;
