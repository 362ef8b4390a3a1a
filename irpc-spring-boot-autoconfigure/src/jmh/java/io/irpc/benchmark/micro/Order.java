package io.irpc.benchmark.micro;

import java.util.List;

/**
 * A record of about 340 bytes of JSON.
 *
 * @param id a number
 * @param customer a text
 * @param city a text with letters that are not ASCII
 * @param express a boolean
 * @param weight a fraction
 * @param items some records
 */
public record Order(long id, String customer, String city, boolean express, double weight, List<Item> items) {

	/**
	 * The JSON of an order.
	 */
	static final String JSON = "{\"id\":1,\"customer\":\"Warehouse & Sons, Purchasing Department\","
			+ "\"city\":\"Köln am Rhein\",\"express\":true,\"weight\":1234.75,\"items\":["
			+ "{\"article\":\"bearing 6204-2RS\",\"count\":12,\"price\":3.49},"
			+ "{\"article\":\"sealing ring 25x47x7\",\"count\":40,\"price\":0.89},"
			+ "{\"article\":\"grease, lithium, 400 g\",\"count\":6,\"price\":7.25}]}";

	/**
	 * A part of an order.
	 *
	 * @param article a text
	 * @param count a number
	 * @param price a fraction
	 */
	public record Item(String article, int count, double price) {

	}

}
