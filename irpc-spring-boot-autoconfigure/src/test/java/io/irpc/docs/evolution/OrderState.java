package io.irpc.docs.evolution;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/**
 * The state of an order.
 */
// tag::enum[]
public enum OrderState {

	OPEN, CLOSED,

	@JsonEnumDefaultValue
	UNKNOWN

}
// end::enum[]
