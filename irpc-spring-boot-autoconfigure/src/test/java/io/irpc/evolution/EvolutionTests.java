package io.irpc.evolution;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.irpc.client.EventFailure;
import io.irpc.client.IrpcClient;
import io.irpc.protocol.IrpcException;
import io.irpc.server.IrpcServer;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Old and new services and clients, in all combinations: they understand each other, or
 * are told which member and which values they do not.
 */
class EvolutionTests {

	private static final String ANSWER = "The answer of orders.";

	private static final Map<String, Function<OldVersion.Orders, @Nullable Object>> OLD_CALLS = Map.ofEntries(
			Map.entry("added argument", (orders) -> orders.find("ann")),
			Map.entry("removed argument", (orders) -> orders.count("ann", true)),
			Map.entry("argument's members",
					(orders) -> orders.place(new OldVersion.Order("1", OldVersion.State.OPEN, "n"))),
			Map.entry("result's members", OldVersion.Orders::get),
			Map.entry("enum argument", (orders) -> orders.mark(OldVersion.State.CLOSED)),
			Map.entry("enum in arguments",
					(orders) -> orders.placeAll(List.of(new OldVersion.Order("1", OldVersion.State.CLOSED, "n")))),
			Map.entry("enum in a list", (orders) -> orders.markAll(List.of(OldVersion.State.CLOSED), Map.of())),
			Map.entry("enum as a key", (orders) -> orders.markAll(List.of(), Map.of(OldVersion.State.CLOSED, 1))),
			Map.entry("enum result", OldVersion.Orders::state), Map.entry("enum in results", OldVersion.Orders::list),
			Map.entry("enum as a key of results", OldVersion.Orders::counts),
			Map.entry("renamed function", OldVersion.Orders::all),
			Map.entry("renamed argument", (orders) -> orders.page(9)),
			Map.entry("wider argument", (orders) -> orders.add(8)), Map.entry("wider result", OldVersion.Orders::total),
			Map.entry("optional result", OldVersion.Orders::name),
			Map.entry("nullable result", OldVersion.Orders::number),
			Map.entry("optional argument", (orders) -> orders.rename("x")));

	private static final Map<String, Function<NewVersion.Orders, @Nullable Object>> NEW_CALLS = Map.ofEntries(
			Map.entry("added argument", (orders) -> orders.find("ann", 5)),
			Map.entry("removed argument", (orders) -> orders.count("ann")),
			Map.entry("argument's members",
					(orders) -> orders.place(new NewVersion.Order("1", NewVersion.State.OPEN, 2))),
			Map.entry("result's members", NewVersion.Orders::get),
			Map.entry("enum argument", (orders) -> orders.mark(NewVersion.State.ARCHIVED)),
			Map.entry("enum in arguments",
					(orders) -> orders.placeAll(List.of(new NewVersion.Order("1", NewVersion.State.OPEN, 2),
							new NewVersion.Order("2", NewVersion.State.ARCHIVED, 2)))),
			Map.entry("enum in a list", (orders) -> orders.markAll(List.of(NewVersion.State.ARCHIVED), Map.of())),
			Map.entry("enum as a key", (orders) -> orders.markAll(List.of(), Map.of(NewVersion.State.ARCHIVED, 1))),
			Map.entry("enum result", NewVersion.Orders::state), Map.entry("enum in results", NewVersion.Orders::list),
			Map.entry("enum as a key of results", NewVersion.Orders::counts),
			Map.entry("renamed function", NewVersion.Orders::everything),
			Map.entry("renamed argument", (orders) -> orders.page(9)),
			Map.entry("wider argument", (orders) -> orders.add(5_000_000_000L)),
			Map.entry("wider result", NewVersion.Orders::total), Map.entry("optional result", NewVersion.Orders::name),
			Map.entry("nullable result", NewVersion.Orders::number),
			Map.entry("optional argument", (orders) -> orders.rename(Optional.empty())));

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					# feature                | old client, old server     | old client, new server
					added argument           | ann                        | ann 10
					removed argument         | ann true                   | ann
					argument's members       | 1 OPEN n                   | 1 OPEN 0
					result's members         | Order[id=1, state=OPEN, note=old] | Order[id=1, state=OPEN, note=null]
					enum argument            | CLOSED                     | CLOSED
					enum in arguments        | [1 CLOSED n]               | [1 CLOSED 0]
					enum in a list           | [CLOSED] {}                | [CLOSED] {}
					enum as a key            | [] {CLOSED=1}              | [] {CLOSED=1}
					enum result              | CLOSED                     | state is not of the type asked for: "ARCHIVED" is not one of OPEN, CLOSED
					enum in results          | [Order[id=1, state=OPEN, note=old]] | list is not of the type asked for: member [1].state: "ARCHIVED" is not one of OPEN, CLOSED
					enum as a key of results | {OPEN=1}                   | counts is not of the type asked for: "ARCHIVED" is not one of OPEN, CLOSED
					renamed function         | all                        | everything
					renamed argument         | page of 9                  | page of 9
					wider argument           | added 8                    | added 8
					wider result             | 7                          | total is not of the type asked for: number out of range (expected: -2147483648 to 2147483647)
					optional result          | name                       | null
					nullable result          | 3                          | 0
					optional argument        | renamed Optional[x]        | renamed Optional[x]
					""")
	void oldClients(String feature, String old, String current) {
		Function<OldVersion.Orders, @Nullable Object> call = Objects.requireNonNull(OLD_CALLS.get(feature));
		assertThat(outcome(OldVersion.Service.class, OldVersion.Orders.class, call)).isEqualTo(old);
		assertThat(outcome(NewVersion.Service.class, OldVersion.Orders.class, call)).isEqualTo(current);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					# feature                | new client, old server     | new client, new server
					added argument           | ann                        | ann 5
					removed argument         | Argument closed is missing | ann
					argument's members       | 1 OPEN null                | 1 OPEN 2
					result's members         | Order[id=1, state=OPEN, priority=0] | Order[id=1, state=OPEN, priority=5]
					enum argument            | Argument state: "ARCHIVED" is not one of OPEN, CLOSED | ARCHIVED
					enum in arguments        | Argument orders: member [1].state: "ARCHIVED" is not one of OPEN, CLOSED | [1 OPEN 2, 2 ARCHIVED 2]
					enum in a list           | Argument states: element [0]: "ARCHIVED" is not one of OPEN, CLOSED | [ARCHIVED] {}
					enum as a key            | Argument counts: "ARCHIVED" is not one of OPEN, CLOSED | [] {ARCHIVED=1}
					enum result              | CLOSED                     | ARCHIVED
					enum in results          | [Order[id=1, state=OPEN, priority=0]] | [Order[id=1, state=OPEN, priority=5], Order[id=2, state=ARCHIVED, priority=5]]
					enum as a key of results | {OPEN=1}                   | {ARCHIVED=1}
					renamed function         | orders.everything is not a registered function! | everything
					renamed argument         | Argument limit is missing  | page of 9
					wider argument           | Argument amount: number out of range (expected: -2147483648 to 2147483647) | added 5000000000
					wider result             | 7                          | 5000000000
					optional result          | Optional[name]             | Optional.empty
					nullable result          | 3                          | null
					optional argument        | Argument name must not be null | renamed Optional.empty
					""")
	void newClients(String feature, String old, String current) {
		Function<NewVersion.Orders, @Nullable Object> call = Objects.requireNonNull(NEW_CALLS.get(feature));
		assertThat(outcome(OldVersion.Service.class, NewVersion.Orders.class, call)).isEqualTo(old);
		assertThat(outcome(NewVersion.Service.class, NewVersion.Orders.class, call)).isEqualTo(current);
	}

	@Test
	void everyFeatureIsTriedFromBothSides() {
		assertThat(OLD_CALLS.keySet()).isEqualTo(NEW_CALLS.keySet());
	}

	@Test
	void eventsOfOldServers() {
		Object event = new OldVersion.OrderChanged("1", OldVersion.State.CLOSED, "n");
		assertThat(received(event, OldVersion.OrderChanged.class))
			.isEqualTo("OrderChanged[id=1, state=CLOSED, note=n]");
		assertThat(received(event, NewVersion.OrderChanged.class))
			.isEqualTo("OrderChanged[id=1, state=CLOSED, priority=0]");
	}

	@Test
	void eventsOfNewServers() {
		Object event = new NewVersion.OrderChanged("1", NewVersion.State.OPEN, 5);
		assertThat(received(event, OldVersion.OrderChanged.class))
			.isEqualTo("OrderChanged[id=1, state=OPEN, note=null]");
		assertThat(received(event, NewVersion.OrderChanged.class))
			.isEqualTo("OrderChanged[id=1, state=OPEN, priority=5]");
	}

	@Test
	void eventsWithConstantsThatOldClientsDoNotKnow() {
		Object event = new NewVersion.OrderChanged("1", NewVersion.State.ARCHIVED, 5);
		assertThat(received(event, OldVersion.OrderChanged.class))
			.isEqualTo("member state: \"ARCHIVED\" is not one of OPEN, CLOSED");
		assertThat(received(event, NewVersion.OrderChanged.class))
			.isEqualTo("OrderChanged[id=1, state=ARCHIVED, priority=5]");
	}

	private static <T> String outcome(Class<?> service, Class<T> type, Function<T, @Nullable Object> call) {
		String[] outcome = new String[1];
		connected(service, (server, client) -> {
			try {
				outcome[0] = String.valueOf(call.apply(client.proxy(type)));
			}
			catch (IrpcException ex) {
				outcome[0] = String.valueOf(ex.getMessage()).replace(ANSWER, "");
			}
		});
		return outcome[0];
	}

	private static <T> String received(Object event, Class<T> type) {
		BlockingQueue<Object> received = new LinkedBlockingQueue<>();
		connected(NewVersion.Service.class, (server, client) -> {
			server.publishEvent(event);
			client.subscribe("changes")
				.to("orderChanged", type)
				.fromOldest()
				.onError((EventFailure<T> failure) -> received.add(failure.cause()))
				.onEvent(received::add);
			try {
				received.add(String.valueOf(received.poll(10, TimeUnit.SECONDS)));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
		return String.valueOf(received.remove()).replaceFirst("^[a-zA-Z.]+Exception: ", "");
	}

	private static void connected(Class<?> service, BiConsumer<ApplicationContext, IrpcClient> action) {
		ServerRunner.of(service)
			.run((server) -> ServerRunner.of()
				.withPropertyValues("irpc.server.enabled=false",
						"irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port())
				.run((client) -> action.accept(server, client.getBean(IrpcClient.class))));
	}

}
