package io.irpc.actuate;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import io.irpc.actuate.FunctionUse.ClientUse;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of what is remembered of the uses of functions.
 */
@Timeout(60)
class FunctionUsesTests {

	private static final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-26T08:00:00Z"));

	private final ApplicationContextRunner runner = ServerRunner.of(Service.class, Recording.class);

	@Test
	void argumentsAreRememberedByNameHoweverTheyWereSent() {
		this.runner.run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!call@1\tfn:find\t=\"nails\"");
				Instant first = now.get();
				Instant second = later();
				raw.ask("!call@2\tfn:find\tarticle=\"nails\"\tother=1");
				raw.ask("!call@3\tfn:search\tname=\"nails\"\tlimit=3");
				FunctionUse use = use(context, "find");
				assertThat(use.lastUsed()).isEqualTo(second).isAfter(first);
				assertThat(use.lastUsed("article")).isEqualTo(second);
				assertThat(use.lastUsed("limit")).isEqualTo(second);
				assertThat(use.lastUsed("page")).isNull();
				assertThat(use.clients()).singleElement().satisfies((client) -> {
					assertThat(client.name()).isNull();
					assertThat(client.arguments()).containsOnlyKeys("article", "limit");
					assertThat(client.aliases()).containsOnlyKeys("search", "name");
				});
			}
		});
	}

	@Test
	void argumentsThatWereNotSentAgainKeepTheirTime() {
		this.runner.run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!call@1\tfn:find\tarticle=\"nails\"\tlimit=3");
				Instant first = now.get();
				later();
				raw.ask("!call@2\tfn:find\tarticle=\"nails\"");
				assertThat(use(context, "find").lastUsed("limit")).isEqualTo(first);
			}
		});
	}

	@Test
	void eachVersionOfAClientIsRememberedAndTheLongestUnusedOnesAreForgotten() {
		this.runner.run((context) -> {
			for (int i = 0; i < FunctionUse.MAX_CLIENTS; i++) {
				call(context, "2." + i);
			}
			call(context, "2.0");
			call(context, "3.0");
			FunctionUse use = use(context, "find");
			assertThat(use.clients()).hasSize(FunctionUse.MAX_CLIENTS);
			assertThat(use.clients()).extracting(ClientUse::version).startsWith("3.0", "2.0", "2.31").endsWith("2.2");
			assertThat(use.forgottenClients()).isOne();
		});
	}

	@Test
	void otherCommandsAndUnknownFunctionsAreNoUse() {
		this.runner.run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				raw.ask("!help@1\tfn:find");
				raw.ask("!call@2\tfn:none");
				assertThat(raw.ask("!call@3\tfn:find\tarticle=\"a\"\tname=\"b\""))
					.isEqualTo(">3\tException\t\"Argument article is given twice\"");
				FunctionUses uses = context.getBean(FunctionUses.class);
				assertThat(uses.find("none")).isEmpty();
				assertThat(uses.find("find").map(FunctionUse::lastUsed)).isEmpty();
			}
		});
	}

	@Test
	void whatIsRefusedIsNoUse() {
		ServerRunner.secured(Service.class, Recording.class).run((context) -> {
			try (RawClient raw = ServerRunner.connect(context)) {
				assertThat(raw.ask("!call@1\tfn:find\tarticle=\"nails\"")).contains("cannot execute this call");
				assertThat(context.getBean(FunctionUses.class).find("find")).isEmpty();
			}
		});
	}

	private static void call(ApplicationContext context, String version) {
		try (RawClient raw = ServerRunner.connect(context)) {
			raw.ask("!identify@0\tname=\"desk\"\trelease=\"" + version + "\"");
			raw.ask("!call@1\tfn:find\tarticle=\"nails\"");
		}
	}

	private static Instant later() {
		return now.updateAndGet((time) -> time.plusSeconds(60));
	}

	private static FunctionUse use(ApplicationContext context, String function) {
		return context.getBean(FunctionUses.class).find(function).orElseThrow();
	}

	@IrpcService
	static class Service {

		@IrpcFunction(aliases = "search")
		public String find(@IrpcParam(aliases = "name") String article, @Nullable Integer limit,
				@Nullable Integer page) {
			return article;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Recording {

		@Bean
		FunctionUses uses(ServiceMethodRegistry functions) {
			InstantSource clock = now::get;
			return new FunctionUses(functions, clock);
		}

	}

}
