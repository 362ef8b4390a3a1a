package io.irpc.payload;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CreatorHandles}.
 */
class CreatorHandlesTests {

	private final PayloadConverter converter = new PayloadConverter(new JsonMapper());

	@Test
	void constructorsAreCalledByHandlesThatAreThere() {
		assertThat(callers("{\"name\":\"a\",\"count\":1}", TracedRecord.class)).doesNotContain("invokeWithArguments");
		assertThat(callers("{\"name\":\"a\",\"count\":1}", TracedClass.class)).doesNotContain("invokeWithArguments");
	}

	@Test
	void membersOfAllKindsAreGiven() {
		assertThat(this.<Kinds>read("{\"flag\":true,\"letter\":\"x\",\"names\":[\"a\",\"b\"]}", Kinds.class))
			.usingRecursiveComparison()
			.isEqualTo(new Kinds(true, 'x', 0, 0, null, "a", "b"));
	}

	@Test
	void whenAConstructorFailsThenThatIsTheCause() {
		assertThatExceptionOfType(PayloadException.class).isThrownBy(() -> read("{\"name\":\"a\"}", Failing.class))
			.withMessage("not a value of the expected type")
			.withRootCauseInstanceOf(IOException.class);
	}

	@Test
	void whenAConstructorFailsWithAnErrorThenItIsThatError() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> read("{\"name\":\"error\"}", Failing.class))
			.withMessage("error");
	}

	@Test
	void whenThereIsAFactoryMethodThenItIsCalled() {
		assertThat(this.<Made>read("{\"name\":\"a\"}", Made.class)).isEqualTo(new Made("made a"));
	}

	@Test
	void whenTheApplicationInstantiatesAClassByItselfThenItStillDoes() {
		JsonMapper mapper = JsonMapper.builder().addModule(new SimpleModule() {

			@Override
			public void setupModule(SetupContext context) {
				super.setupModule(context);
				context.addValueInstantiators(new OwnInstantiators());
			}

		}).build();
		assertThat(new PayloadConverter(mapper).<Made>read(Payload.ofJson("{}"), Made.class))
			.isEqualTo(new Made("own"));
	}

	private List<String> callers(String json, Class<? extends Traced> type) {
		Traced value = this.<Traced>read(json, type);
		return value.callers();
	}

	private <T> T read(String json, Class<? extends T> type) {
		return Objects.requireNonNull(this.converter.<T>read(Payload.ofJson(json), type));
	}

	private static List<String> stack() {
		return StackWalker.getInstance().walk((frames) -> frames.map(StackWalker.StackFrame::getMethodName).toList());
	}

	interface Traced {

		List<String> callers();

	}

	record TracedRecord(String name, int count, List<String> callers) implements Traced {

		TracedRecord {
			callers = stack();
		}

	}

	static final class TracedClass implements Traced {

		private final List<String> callers;

		@JsonCreator
		private TracedClass(@JsonProperty("name") String name, @JsonProperty("count") int count) {
			this.callers = stack();
		}

		@Override
		public List<String> callers() {
			return this.callers;
		}

	}

	record Kinds(boolean flag, char letter, long number, double rate, @Nullable Integer none, String... names) {

	}

	static final class Failing {

		@JsonCreator
		Failing(@JsonProperty("name") String name) throws IOException {
			if (name.equals("error")) {
				throw new AssertionError(name);
			}
			throw new IOException(name);
		}

	}

	record Made(String name) {

		@JsonCreator
		static Made of(@JsonProperty("name") String name) {
			return new Made("made " + name);
		}

	}

	private static final class OwnInstantiators extends ValueInstantiators.Base {

		@Override
		public @Nullable ValueInstantiator findValueInstantiator(DeserializationConfig config,
				BeanDescription.Supplier type) {
			return (type.getBeanClass() == Made.class) ? new OwnInstantiator(config, type.getType()) : null;
		}

	}

	private static final class OwnInstantiator extends StdValueInstantiator {

		OwnInstantiator(DeserializationConfig config, JavaType type) {
			super(config, type);
		}

		@Override
		public boolean canCreateUsingDefault() {
			return true;
		}

		@Override
		public Object createUsingDefault(DeserializationContext context) {
			return new Made("own");
		}

	}

}
