package io.irpc.evolution;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import org.jspecify.annotations.Nullable;

/**
 * What a service was.
 */
final class OldVersion {

	private OldVersion() {
	}

	enum State {

		OPEN, CLOSED

	}

	record Order(String id, @Nullable State state, @Nullable String note) {

	}

	@IrpcEvent("orderChanged")
	record OrderChanged(String id, State state, @Nullable String note) {

	}

	@IrpcService("orders")
	interface Orders {

		String find(String customer);

		String count(String customer, boolean closed);

		String place(Order order);

		String placeAll(List<Order> orders);

		Order get();

		String mark(State state);

		String markAll(List<State> states, Map<State, Integer> counts);

		State state();

		List<Order> list();

		Map<State, Integer> counts();

		String all();

		String page(@IrpcParam int limit);

		String add(int amount);

		int total();

		@Nullable String name();

		int number();

		String rename(String name);

	}

	static class Service implements Orders {

		@Override
		public String find(String customer) {
			return customer;
		}

		@Override
		public String count(String customer, boolean closed) {
			return customer + " " + closed;
		}

		@Override
		public String place(Order order) {
			return order.id() + " " + order.state() + " " + order.note();
		}

		@Override
		public String placeAll(List<Order> orders) {
			return orders.stream().map(this::place).toList().toString();
		}

		@Override
		public Order get() {
			return new Order("1", State.OPEN, "old");
		}

		@Override
		public String mark(State state) {
			return state.name();
		}

		@Override
		public String markAll(List<State> states, Map<State, Integer> counts) {
			return states + " " + counts;
		}

		@Override
		public State state() {
			return State.CLOSED;
		}

		@Override
		public List<Order> list() {
			return List.of(get());
		}

		@Override
		public Map<State, Integer> counts() {
			return Map.of(State.OPEN, 1);
		}

		@Override
		public String all() {
			return "all";
		}

		@Override
		public String page(int limit) {
			return "page of " + limit;
		}

		@Override
		public String add(int amount) {
			return "added " + amount;
		}

		@Override
		public int total() {
			return 7;
		}

		@Override
		public String name() {
			return "name";
		}

		@Override
		public int number() {
			return 3;
		}

		@Override
		public String rename(String name) {
			return "renamed " + Optional.of(name);
		}

	}

}
