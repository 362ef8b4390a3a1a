/**
 * The way of a file from the inbox to its result.
 */
@NullMarked
package io.irpc.sample.daemon.ingest;

import org.jspecify.annotations.NullMarked;
