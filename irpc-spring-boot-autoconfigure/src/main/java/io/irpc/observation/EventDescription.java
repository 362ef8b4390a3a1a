package io.irpc.observation;

import io.micrometer.common.KeyValues;

/**
 * What is told of an event that is handled.
 *
 * @param contextualName the name of its handling in a trace
 * @param lowCardinality its key values whose values are bounded
 * @param highCardinality its other key values
 */
record EventDescription(String contextualName, KeyValues lowCardinality, KeyValues highCardinality) {

}
