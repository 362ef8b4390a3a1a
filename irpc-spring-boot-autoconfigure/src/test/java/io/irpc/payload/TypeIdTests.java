package io.irpc.payload;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.irpc.annotation.IrpcService;
import io.irpc.support.Analyses;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer never chooses the class that is instantiated (protocol §4).
 */
class TypeIdTests {

	private final ApplicationContextRunner runner = ServerRunner.of(Functions.class);

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = {
	// @formatter:off
			"anything   | {\"@class\":\"GADGET\",\"a\":1}                 | \"{@class=GADGET, a=1}\"",
			"anything   | [\"GADGET\",{\"a\":1}]                          | \"[GADGET, {a=1}]\"",
			"plain      | {\"@class\":\"GADGET\",\"@type\":\"GADGET\",\"name\":\"n\"} | \"Plain[name=n]\"",
			"byClass    | {\"@class\":\"GADGET\",\"name\":\"n\"}          | \"ByClass[name=n]\"",
			"byMinimal  | {\"@c\":\"GADGET\",\"name\":\"n\"}              | \"ByMinimal[name=n]\"",
			"member     | {\"value\":{\"@class\":\"GADGET\",\"a\":1}}     | \"Member[value={@class=GADGET, a=1}]\"",
			"member     | {\"value\":[\"GADGET\",{\"a\":1}]}              | \"Member[value=[GADGET, {a=1}]]\""
			// @formatter:on
	})
	void whenArgumentNamesAClassThenItIsOrdinaryData(String function, String json, String answer) {
		Gadget.instances.set(0);
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				String gadget = Gadget.class.getName();
				assertThat(client.ask("!call@1\tfn:" + function + "\tvalue=" + json.replace("GADGET", gadget)))
					.isEqualTo(">1\t\t" + answer.replace("GADGET", gadget));
			}
		});
		assertThat(Gadget.instances).hasValue(0);
	}

	@Test
	void whenTypeIsAnnotatedToTellItsClassThenItDoesNot() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:told")).isEqualTo(">1\t\t[{\"name\":\"n\"},{\"value\":{\"a\":1}}]");
			}
		});
	}

	@Test
	void whenSubtypesHaveNamesOfTheirOwnThenTheseAreUsed() {
		this.runner.run((context) -> {
			try (RawClient client = ServerRunner.connect(context)) {
				assertThat(client.ask("!call@1\tfn:named\tvalue={\"@type\":\"square\",\"side\":2}"))
					.isEqualTo(">1\t\t{\"@type\":\"square\",\"side\":2}");
				assertThat(client.ask("!call@2\tfn:named\tvalue={\"@type\":\"" + Gadget.class.getName() + "\"}"))
					.startsWith(">2\tException\t\"Argument value: ")
					.doesNotContain("io.irpc");
			}
		});
		assertThat(Gadget.instances).hasValue(0);
	}

	@Test
	void whenMapperHasDefaultTypingThenTheStartFails() {
		this.runner
			.withBean(JsonMapper.class, () -> JsonMapper.builder()
				.activateDefaultTyping(BasicPolymorphicTypeValidator.builder().allowIfBaseType(Object.class).build(),
						DefaultTyping.NON_FINAL)
				.build())
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = Analyses.of(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("default typing");
				assertThat(analysis.getAction()).contains("activateDefaultTyping");
			});
	}

	/**
	 * Counts how often it was made.
	 */
	static class Gadget {

		static final AtomicInteger instances = new AtomicInteger();

		Gadget() {
			instances.incrementAndGet();
		}

	}

	record Plain(String name) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
	record ByClass(String name) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
	record ByMinimal(String name) {

	}

	record Member(@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS) @Nullable Object value) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
	@JsonSubTypes(@JsonSubTypes.Type(value = Square.class, name = "square"))
	interface Shape {

	}

	record Square(int side) implements Shape {

	}

	@IrpcService
	static class Functions {

		public String anything(Object value) {
			return value.toString();
		}

		public String plain(Plain value) {
			return value.toString();
		}

		public String byClass(ByClass value) {
			return value.toString();
		}

		public String byMinimal(ByMinimal value) {
			return value.toString();
		}

		public String member(Member value) {
			return value.toString();
		}

		public Shape named(Shape value) {
			return value;
		}

		public List<Object> told() {
			return List.of(new ByClass("n"), new Member(Map.of("a", 1)));
		}

	}

}
