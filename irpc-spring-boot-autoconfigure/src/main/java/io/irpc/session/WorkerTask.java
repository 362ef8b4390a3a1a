package io.irpc.session;

/**
 * Something to run on a thread that may block.
 *
 * @param pool what it was given to
 * @param owner whose task it is: one of each owner is run in turn
 * @param action what to run
 */
record WorkerTask(Object pool, Object owner, Runnable action) {

}
