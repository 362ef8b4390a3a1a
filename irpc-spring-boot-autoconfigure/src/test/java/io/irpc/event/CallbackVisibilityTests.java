package io.irpc.event;

import java.util.Arrays;
import java.util.TreeSet;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a subscriber learns of members that are hidden from it (protocol §5.2).
 */
class CallbackVisibilityTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Users.class);

	@Test
	void whenMemberIsHiddenThenNeitherFiringNorFilterNorDigestTellsOfIt() {
		this.runner.run((context) -> {
			context.publishEvent(new Paid("coffee", 3));
			context.publishEvent(new Paid("house", 300_000));
			try (RawClient client = connect(context, "clerk"); RawClient boss = connect(context, "accounting")) {
				String rich = "\twhere={\"amount.gt\":1000}\tsince=\"0\"";
				assertThat(client.ask("!callback@p\tpeek:a\tev:spent" + rich)).contains("\"count\":0,");
				assertThat(client.ask("!callback@p\tpeek:a\tev:spent\tby=\"amount\"")).contains("\"by\":{\"null\":2}");
				client.ask("!callback@c\tadd:a\tev:spent\tsince=\"0\"");
				assertThat(CallbackTests.firing(client).arguments()).isEqualTo("\tpurpose=\"coffee\"");
				assertThat(boss.ask("!callback@p\tpeek:a\tev:spent" + rich)).contains("\"count\":1,");
				boss.ask("!callback@c\tadd:a\tev:spent" + rich);
				assertThat(CallbackTests.firing(boss).arguments()).isEqualTo("\tpurpose=\"house\"\tamount=300000");
			}
		});
	}

	@Test
	void whenAuthoritiesChangeThenTheNextFiringShowsWhatIsSeenThen() {
		this.runner.run((context) -> {
			context.publishEvent(new Paid("", 0));
			try (RawClient client = connect(context, "clerk")) {
				client.ask("!callback@c\tadd:a\tev:spent");
				context.publishEvent(new Paid("tea", 2));
				assertThat(CallbackTests.firing(client).arguments()).isEqualTo("\tpurpose=\"tea\"");
				become(client, "accounting");
				context.publishEvent(new Paid("cake", 5));
				assertThat(CallbackTests.firing(client).arguments()).isEqualTo("\tpurpose=\"cake\"\tamount=5");
				become(client, "clerk");
				context.publishEvent(new Paid("ice", 4));
				assertThat(CallbackTests.firing(client).arguments()).isEqualTo("\tpurpose=\"ice\"");
			}
		});
	}

	private static RawClient connect(ApplicationContext context, String authorities) {
		RawClient client = ServerRunner.connect(context);
		become(client, authorities);
		return client;
	}

	private static void become(RawClient client, String authorities) {
		assertThat(client.ask("!call@b\tfn:become\t=\"" + authorities + "\"")).isEqualTo(">b\t\tnull");
	}

	@IrpcEvent("spent")
	record Paid(String purpose, @IrpcSensitive(authority = "accounting") int amount) {

	}

	@IrpcService
	static class Users {

		public void become(String authorities, IrpcSession session) {
			session.changeUser(new SessionUser(() -> "ann", new TreeSet<>(Arrays.asList(authorities.split(",")))));
		}

	}

}
