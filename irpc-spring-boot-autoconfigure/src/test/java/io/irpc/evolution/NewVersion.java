package io.irpc.evolution;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import org.jspecify.annotations.Nullable;

/**
 * What the service has become.
 */
final class NewVersion {

	private static final long LARGE = 5_000_000_000L;

	private NewVersion() {
	}

	enum State {

		OPEN, CLOSED, ARCHIVED

	}

	record Order(String id, @Nullable State state, int priority) {

	}

	@IrpcEvent("orderChanged")
	record OrderChanged(String id, State state, int priority) {

	}

	@IrpcService("orders")
	interface Orders {

		String find(String customer, @IrpcParam(defaultValue = "10") int limit);

		String count(String customer);

		String place(Order order);

		String placeAll(List<Order> orders);

		Order get();

		String mark(State state);

		String markAll(List<State> states, Map<State, Integer> counts);

		State state();

		List<Order> list();

		Map<State, Integer> counts();

		@IrpcFunction(aliases = "all")
		String everything();

		String page(@IrpcParam(aliases = "limit") int size);

		String add(long amount);

		long total();

		Optional<String> name();

		@Nullable Integer number();

		String rename(Optional<String> name);

	}

	static class Service implements Orders {

		@Override
		public String find(String customer, int limit) {
			return customer + " " + limit;
		}

		@Override
		public String count(String customer) {
			return customer;
		}

		@Override
		public String place(Order order) {
			return order.id() + " " + order.state() + " " + order.priority();
		}

		@Override
		public String placeAll(List<Order> orders) {
			return orders.stream().map(this::place).toList().toString();
		}

		@Override
		public Order get() {
			return new Order("1", State.OPEN, 5);
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
			return State.ARCHIVED;
		}

		@Override
		public List<Order> list() {
			return List.of(get(), new Order("2", State.ARCHIVED, 5));
		}

		@Override
		public Map<State, Integer> counts() {
			return Map.of(State.ARCHIVED, 1);
		}

		@Override
		public String everything() {
			return "everything";
		}

		@Override
		public String page(int size) {
			return "page of " + size;
		}

		@Override
		public String add(long amount) {
			return "added " + amount;
		}

		@Override
		public long total() {
			return LARGE;
		}

		@Override
		public Optional<String> name() {
			return Optional.empty();
		}

		@Override
		public @Nullable Integer number() {
			return null;
		}

		@Override
		public String rename(Optional<String> name) {
			return "renamed " + name;
		}

	}

}
