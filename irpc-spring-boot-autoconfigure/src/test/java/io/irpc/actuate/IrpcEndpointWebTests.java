package io.irpc.actuate;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcService;
import io.irpc.client.ConnectionState;
import io.irpc.client.IrpcClient;
import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalFigures;
import io.irpc.security.pairing.PairedClients;
import io.irpc.security.pairing.PairingCodes;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerState;
import io.irpc.server.MemoryBound;
import io.irpc.session.SessionManager;
import io.irpc.support.DelegatingJournal;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests of the endpoint over HTTP.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class IrpcEndpointWebTests {

	private static final String UNRESTRICTED = "management.endpoint.irpc.access=UNRESTRICTED";

	private static final String IDENTIFY = "!identify@0\tname=\"desk\"\trelease=\"2.3.1\"\tfeatures=[\"errors\",\"goaway\"]";

	private final WebApplicationContextRunner runner = EndpointRunner.web(Service.class);

	@Test
	void whenSessionsHaveEndedThenTheLastOfThemTellWhy() {
		this.runner.withPropertyValues(UNRESTRICTED).run((context) -> {
			EndpointHttp http = EndpointHttp.of(context);
			for (int i = 0; i < ClosedSessions.MAX; i++) {
				try (RawClient raw = ServerRunner.connect(context)) {
					raw.ask("!ping@1");
				}
			}
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask(IDENTIFY);
				await().until(() -> context.getBean(SessionManager.class).count() == 1);
				long id = context.getBean(SessionManager.class).sessions().get(0).id();
				http.delete("/sessions/" + id + "?reason=moved%20away");
				await().untilAsserted(() -> {
					JsonNode closed = http.get("/sessions").json().get("closed");
					assertThat(closed).hasSize(ClosedSessions.MAX);
					JsonNode last = closed.get(0);
					assertThat(last.propertyNames()).containsExactlyInAnyOrder("id", "address", "client", "since",
							"closed", "reason", "received", "sent");
					assertThat(last.get("id").asLong()).isEqualTo(id);
					assertThat(last.get("address").asString()).isEqualTo("******");
					assertThat(last.get("client").get("name").asString()).isEqualTo("desk");
					assertThat(last.get("reason").asString()).contains("moved away");
					assertThat(Instant.parse(last.get("closed").asString()))
						.isAfterOrEqualTo(Instant.parse(last.get("since").asString()));
					assertThat(last.get("received").get("messages").asInt()).isPositive();
					assertThat(closed.get(1).get("reason").asString()).isEqualTo("the peer has ended its input");
				});
			}
		});
	}

	@Test
	void whenTheJournalDoesNotAnswerThenThatIsTold() {
		EventJournal broken = new DelegatingJournal() {

			@Override
			public JournalFigures figures() {
				throw new IllegalStateException("the database is down");
			}

		};
		this.runner.withBean(EventJournal.class, () -> broken).run((context) -> {
			JsonNode journal = EndpointHttp.of(context).get("/journal").json();
			assertThat(journal.propertyNames()).containsExactly("type", "error");
			assertThat(journal.get("error").asString()).contains("the database is down");
		});
	}

	@Test
	void eachPartIsReadAndNothingIsChanged() {
		this.runner.run((context) -> {
			EndpointHttp http = EndpointHttp.of(context);
			// known from its first firing on
			context.publishEvent(new StockLow("screws"));
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask(IDENTIFY);
				raw.ask("!call@1\tfn:half\tnumber=4");
				raw.ask("!callback@2\tadd:all\tev:stock.low");
				context.publishEvent(new StockLow("nails"));
				raw.read();
				assertThatOverviewIsRight(http.get("").json());
				assertThatServerIsRight(http.get("/server").json(), context.getBean(IrpcServer.class),
						context.getBean(MemoryBound.class));
				assertThatServicesAreRight(http.get("/services").json());
				assertThatSessionIsRight(http.get("/sessions").json().get("sessions").get(0));
				assertThat(http.get("/clients").json().get("clients")).isEmpty();
				JsonNode journal = http.get("/journal").json();
				assertThat(journal.propertyNames()).containsExactlyInAnyOrder("type", "head", "oldest", "events",
						"bytes", "oldestTime", "retention");
				assertThat(journal.get("events").asInt()).isEqualTo(2);
				assertThat(journal.get("retention").get("maxAge").asString()).isEqualTo("PT168H");
				assertThat(http.get("/users").status()).isEqualTo(404);
				assertThat(http.get("/users").json().get("message").asString())
					.isEqualTo("There is no 'users' here (expected: one of [server, services, sessions, clients,"
							+ " journal])");
				// there is nothing to be read at this path either
				assertThat(http.delete("/sessions/1?reason=a").status()).isEqualTo(404);
				assertThat(http.post("/drain").status()).isEqualTo(405);
				assertThat(raw.ask("!ping@3")).isEqualTo(">3\t\tnull");
			}
		});
	}

	private static void assertThatOverviewIsRight(JsonNode overview) {
		assertThat(overview.propertyNames()).containsExactly("server", "services", "sessions", "clients", "journal");
		assertThat(overview.get("server").get("state").asString()).isEqualTo("listening");
		assertThat(overview.get("services").get("events").asInt()).isOne();
		assertThat(overview.get("sessions").get("open").asInt()).isOne();
		assertThat(overview.get("clients").get("configured").asInt()).isZero();
		assertThat(overview.get("journal").get("type").asString()).isEqualTo("memory");
	}

	private static void assertThatServerIsRight(JsonNode part, IrpcServer server, MemoryBound bound) {
		assertThat(part.get("addresses").get(0).asString()).isEqualTo("127.0.0.1:" + server.port());
		assertThat(part.get("memory").get("bound").asLong()).isEqualTo(bound.total());
		assertThat(part.get("memory").get("parts").get(0).get("name").asString()).isEqualTo("sessions");
		JsonNode tls = part.get("tls");
		assertThat(tls.get("enabled").asBoolean()).isTrue();
		assertThat(tls.get("certificate").get("pin").asString()).isEqualTo(String.valueOf(server.pin()));
		assertThat(Instant.parse(tls.get("certificate").get("notAfter").asString())).isAfter(Instant.now());
		assertThat(part.get("loginRequired").asBoolean()).isFalse();
		assertThat(Duration.parse(part.get("drainTimeout").asString())).isPositive();
	}

	private static void assertThatServicesAreRight(JsonNode services) {
		JsonNode half = function(services, "half");
		assertThat(half.get("aliases").get(0).asString()).isEqualTo("bisect");
		assertThat(half.get("access").get("who").asString()).isEqualTo("everybody");
		assertThat(half.get("arguments").get(0).get("name").asString()).isEqualTo("number");
		JsonNode client = half.get("clients").get(0);
		assertThat(client.get("name").asString()).isEqualTo("desk");
		assertThat(client.get("version").asString()).isEqualTo("2.3.1");
		assertThat(client.get("arguments").get("number")).isEqualTo(half.get("lastUsed"));
		assertThat(Instant.parse(half.get("lastUsed").asString()))
			.isAfterOrEqualTo(Instant.parse(services.get("usesSince").asString()));
		assertThat(function(services, "whoami").has("lastUsed")).isFalse();
		assertThat(services.get("events").get(0).get("name").asString()).isEqualTo("stock.low");
	}

	private static JsonNode function(JsonNode services, String name) {
		return services.get("functions")
			.valueStream()
			.filter((function) -> function.get("name").asString().equals(name))
			.findFirst()
			.orElseThrow();
	}

	private static void assertThatSessionIsRight(JsonNode session) {
		assertThat(session.propertyNames()).containsExactlyInAnyOrder("id", "address", "encrypted", "client", "since",
				"lastActivity", "commands", "received", "sent", "subscriptions");
		assertThat(session.get("address").asString()).isEqualTo("******");
		assertThat(session.get("client").get("version").asString()).isEqualTo("2.3.1");
		assertThat(session.get("client").get("features").get(0).asString()).isEqualTo("errors");
		assertThat(session.get("commands").get("running").asInt()).isZero();
		assertThat(session.get("received").get("messages").asInt()).isEqualTo(3);
		JsonNode subscription = session.get("subscriptions").get(0);
		assertThat(subscription.get("name").asString()).isEqualTo("all");
		assertThat(subscription.get("event").asString()).isEqualTo("stock.low");
		assertThat(subscription.get("state").asString()).isEqualTo("live");
		assertThat(subscription.get("lag").asInt()).isOne();
		assertThat(Duration.parse(subscription.get("behind").asString())).isPositive();
		assertThat(subscription.get("deliveries").asInt()).isOne();
		assertThat(subscription.get("acknowledgements").asInt()).isZero();
	}

	@Test
	void sessionsAreEndedForAReasonAndTheServerIsDrained(CapturedOutput output) {
		this.runner.withPropertyValues(UNRESTRICTED).withBean(HeldFunction.class).run((context) -> {
			EndpointHttp http = EndpointHttp.of(context);
			SessionManager sessions = context.getBean(SessionManager.class);
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask(IDENTIFY);
				long first = sessions.sessions().get(0).id();
				assertThat(http.delete("/sessions/" + first + "?reason=moved%20to%20another%20desk").text())
					.isEqualTo("{\"ended\":" + first + ",\"reason\":\"moved to another desk\"}");
				assertThat(raw.read()).startsWith("!goaway@").contains("\treason:ended\tretry:");
				assertThat(raw.send(">1\t\tnull").read()).isEqualTo(">\tException\t{\"code\":\"unavailable\","
						+ "\"message\":\"An operator has ended this session: moved to another desk\"}");
				assertThat(raw.read()).isNull();
				assertThat(output).contains("An operator has ended session " + first)
					.contains(": moved to another desk");
			}
			try (RawClient base = ServerRunner.connect(context)) {
				base.ask("!ping@1");
				await().until(() -> sessions.count() == 1);
				http.delete("/sessions/" + sessions.sessions().get(0).id() + "?reason=a");
				assertThat(base.read()).isEqualTo(">\tException\t\"An operator has ended this session: a\"");
				assertThat(base.read()).isNull();
			}
			assertProblem(http.delete("/sessions/0?reason=a"), 404, "No session with the id 0 is open");
			assertProblem(http.delete("/sessions/one?reason=a"), 400, "id: 'one' (expected: the number of a session)");
			assertProblem(http.delete("/sessions/0"), 400,
					"reason: nothing (expected: one line of 1 to 200 characters)");
			assertProblem(http.delete("/sessions/0?reason=a%0Ab"), 400,
					"reason: control characters (expected: one line of 1 to 200 characters)");
			assertProblem(http.delete("/sessions/0?reason=" + "a".repeat(201)), 400,
					"reason: 201 characters (expected: one line of 1 to 200 characters)");
			assertProblem(http.delete("/journal/0"), 400,
					"Nothing can be removed from journal (expected: sessions or pairings)");
			assertProblem(http.post("/restart"), 400, "Cannot do 'restart' (expected: drain)");
			try (RawClient busy = ServerRunner.connect(context)) {
				HeldFunction function = context.getBean(HeldFunction.class);
				function.begin(busy);
				EndpointHttp.Answer drain = http.post("/drain");
				assertThat(drain.status()).isEqualTo(202);
				assertThat(drain.json().get("state").asString()).isEqualTo("draining");
				function.release();
				assertThat(busy.read()).isEqualTo(">1\t\ttrue");
			}
			await().until(() -> context.getBean(IrpcServer.class).state() == IrpcServerState.DRAINED);
			assertThat(http.get("/server").json().get("state").asString()).isEqualTo("drained");
			assertThat(http.get("/server").json().get("addresses")).isEmpty();
			assertProblem(http.post("/drain"), 400,
					"The server cannot be drained: it is drained (expected: listening)");
		});
	}

	@Test
	void whatTellsOfPeopleIsForRolesAndSanitized() {
		EndpointRunner.securedWeb(Service.class, People.class)
			.withPropertyValues(UNRESTRICTED, "management.endpoint.irpc.show-values=when-authorized",
					"management.endpoint.irpc.roles=OPERATOR")
			.run((context) -> {
				EndpointHttp http = EndpointHttp.of(context);
				try (RawClient raw = ServerRunner.connect(context)) {
					raw.ask("!call@1\tfn:pair\tcode=\"" + context.getBean(PairingCodes.class).issue()
							+ "\"\tname=\"desk\"");
					raw.ask("!call@2\tfn:login\tusername=\"user\"\tpassword=\"secret\"");
					JsonNode session = http.get("/sessions?as=GUEST").json().get("sessions").get(0);
					assertThat(session.get("user").asString()).isEqualTo("******");
					assertThat(session.get("address").asString()).isEqualTo("******");
					session = http.get("/sessions?as=OPERATOR").json().get("sessions").get(0);
					assertThat(session.get("user").asString()).isEqualTo("user");
					assertThat(session.get("address").asString()).isEqualTo("(an address)");
					JsonNode pairing = http.get("/pairings?as=OPERATOR").json().get("pairings").get(0);
					assertThat(pairing.get("name").asString()).isEqualTo("desk");
					assertThat(pairing.has("lastUsed")).isFalse();
					assertThat(http.get("/pairings").json().get("pairings").get(0).get("name").asString())
						.isEqualTo("******");
					String id = pairing.get("id").asString();
					assertThat(http.delete("/pairings/" + id).text()).isEqualTo("{\"revoked\":\"" + id + "\"}");
					assertThat(context.getBean(PairedClients.class).list()).isEmpty();
					assertProblem(http.delete("/pairings/" + id), 404, "No client with the id '" + id + "' is paired");
				}
			});
	}

	@Test
	void clientsAreShownWithWhatIsWrongWithThem() {
		ServerRunner.of(Service.class)
			.run((server) -> EndpointRunner.web()
				.withPropertyValues("irpc.server.enabled=false", "spring.application.version=1.4",
						"management.endpoint.irpc.show-values=always",
						"irpc.client.address=127.0.0.1:" + server.getBean(IrpcServer.class).port(),
						"irpc.clients.home.address=127.0.0.1:1")
				.run((context) -> {
					IrpcClient home = context.getBean("homeIrpcClient", IrpcClient.class);
					home.connect();
					await().until(() -> home.connection().failures() > 0);
					context.getBean("irpcClient", IrpcClient.class).connect().join();
					JsonNode clients = EndpointHttp.of(context).get("/clients").json().get("clients");
					JsonNode connected = clients.get("default".equals(clients.get(0).get("name").asString()) ? 0 : 1);
					JsonNode failed = clients.get((connected == clients.get(0)) ? 1 : 0);
					assertThat(connected.get("state").asString()).isEqualTo("connected");
					assertThat(connected.get("address").asString())
						.isEqualTo("127.0.0.1:" + server.getBean(IrpcServer.class).port());
					assertThat(Instant.parse(connected.get("connectedSince").asString()))
						.isBeforeOrEqualTo(Instant.now());
					assertThat(connected.get("connections").asInt()).isOne();
					assertThat(failed.get("name").asString()).isEqualTo("home");
					assertThat(failed.get("lastError").asString()).contains("127.0.0.1:1");
					assertThat(failed.get("failedAttempts").asInt()).isPositive();
					assertThat(failed.has("connectedSince")).isFalse();
					assertThat(EndpointHttp.of(context).get("").json().get("clients").get("connected").asInt()).isOne();
					assertThat(server.getBean(SessionManager.class).sessions().get(0).peer().release())
						.isEqualTo("1.4");
					assertThat(context.getBean("irpcClient", IrpcClient.class).state())
						.isEqualTo(ConnectionState.CONNECTED);
					assertProblem(EndpointHttp.of(context).get("/server"), 404,
							"There is no 'server' here (expected: one of [clients])");
				}));
	}

	private static void assertProblem(EndpointHttp.Answer answer, int status, String message) {
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.json().get("message").asString()).isEqualTo(message);
	}

	@IrpcService
	static class Service {

		@IrpcFunction(aliases = "bisect")
		public int half(int number) {
			return number / 2;
		}

	}

	@IrpcEvent("stock.low")
	record StockLow(String article) {

	}

	@Configuration(proxyBeanMethods = false)
	static class People {

		@Bean
		SanitizingFunction addressesStayHere() {
			return (data) -> data.getKey().equals("irpc.sessions.address") ? data.withValue("(an address)") : data;
		}

		@Bean
		Filter roles() {
			return new RoleFilter();
		}

	}

	/**
	 * Gives the user of a request the role that the request asks for.
	 */
	static class RoleFilter implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			String role = request.getParameter("as");
			chain.doFilter((role != null) ? new HttpServletRequestWrapper((HttpServletRequest) request) {

				@Override
				public Principal getUserPrincipal() {
					return () -> "somebody";
				}

				@Override
				public boolean isUserInRole(@Nullable String wanted) {
					return role.equals(wanted);
				}

			} : request, response);
		}

	}

}
