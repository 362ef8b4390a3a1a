package io.irpc.autoconfigure.ahead;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A price with what has led to it.
 *
 * @param cents the price
 * @param discounts what was taken off
 */
record Price(int cents, List<Discount> discounts) {

	/**
	 * A reason to take something off.
	 */
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = Voucher.class, name = "voucher"))
	interface Discount {

	}

	/**
	 * A reason that only the annotation of its interface refers to.
	 *
	 * @param code the code of the voucher
	 */
	record Voucher(Code code) implements Discount {

	}

	/**
	 * Something that only a voucher refers to.
	 *
	 * @param text the code
	 */
	record Code(String text) {

	}

}
