package io.irpc.observation;

/**
 * A span of a trace.
 *
 * @param name its name
 * @param kind its kind
 * @param trace the id of the trace
 * @param id its id
 * @param parent the id of its parent, empty for none
 */
record RecordedSpan(String name, String kind, String trace, String id, String parent) {

}
