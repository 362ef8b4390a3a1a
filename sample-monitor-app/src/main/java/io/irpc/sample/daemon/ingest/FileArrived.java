package io.irpc.sample.daemon.ingest;

/**
 * Tells the worker that a file waits for it.
 */
record FileArrived() {

}
