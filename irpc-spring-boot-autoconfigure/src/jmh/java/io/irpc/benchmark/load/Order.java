package io.irpc.benchmark.load;

import java.util.List;

/**
 * A record of about 390 bytes of JSON.
 */
record Order(long id, String customer, String street, String city, boolean express, double weight, List<Item> items) {

	static Order example(int id) {
		return new Order(id, "Warehouse & Sons, Purchasing Department", "Lange Straße 117, second yard",
				"Ludwigshafen am Rhein", true, 1234.75,
				List.of(new Item("bearing 6204-2RS", 12, 3.49), new Item("sealing ring 25x47x7", 40, 0.89),
						new Item("shaft Ø 25 mm, hardened", 2, 48.5), new Item("grease, lithium, 400 g", 6, 7.25)));
	}

	record Item(String article, int count, double price) {

	}

}
