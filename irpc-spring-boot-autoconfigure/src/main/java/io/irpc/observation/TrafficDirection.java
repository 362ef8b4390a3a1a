package io.irpc.observation;

/**
 * Which way messages go.
 */
final class TrafficDirection {

	static final String IN = "in";

	static final String OUT = "out";

	private TrafficDirection() {
	}

}
