package io.irpc.autoconfigure.ahead;

import io.irpc.annotation.IrpcService;

/**
 * A service interface without a bean.
 */
@IrpcService("uncalled")
interface Uncalled {

	Answer ask();

	/**
	 * A return value.
	 *
	 * @param text a text
	 */
	record Answer(String text) {

	}

}
