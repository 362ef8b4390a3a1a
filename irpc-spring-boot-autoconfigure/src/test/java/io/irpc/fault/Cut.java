package io.irpc.fault;

/**
 * Where a link is to be cut.
 *
 * @param sender whose bytes are counted
 * @param after how many of them still pass
 * @param ending how the link ends for both sides
 */
record Cut(Side sender, long after, Ending ending) {

}
