package io.irpc.benchmark.load;

import tools.jackson.databind.json.JsonMapper;

/**
 * The record as it is on the wire.
 */
final class OrderJson {

	/**
	 * The JSON of {@link Order#example}.
	 */
	static final byte[] EXAMPLE = JsonMapper.shared().writeValueAsBytes(Order.example(1));

	private OrderJson() {
	}

}
