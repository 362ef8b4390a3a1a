/**
 * The results of the files, on disk and in memory.
 */
@NullMarked
package io.irpc.sample.daemon.results;

import org.jspecify.annotations.NullMarked;
