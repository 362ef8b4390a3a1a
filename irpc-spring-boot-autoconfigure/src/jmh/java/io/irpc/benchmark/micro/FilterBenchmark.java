package io.irpc.benchmark.micro;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadFilter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks whether an event meets conditions, all of which hold.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FilterBenchmark {

	private final PayloadConverter converter = new PayloadConverter(new JsonMapper());

	private final JsonNode event = Objects
		.requireNonNull(this.converter.<JsonNode>read(Payload.ofJson(Order.JSON), JsonNode.class));

	/**
	 * The conditions, by name.
	 */
	@Param
	public Conditions where = Conditions.NONE;

	private PayloadFilter filter = PayloadFilter.of(Payload.ofJson("{}"), this.converter);

	/**
	 * Read the conditions.
	 */
	@Setup
	public void read() {
		this.filter = PayloadFilter.of(Payload.ofJson(this.where.json), this.converter);
	}

	@Benchmark
	public boolean matches() {
		return this.filter.matches(this.event);
	}

	/**
	 * Conditions.
	 */
	public enum Conditions {

		/**
		 * None at all.
		 */
		NONE("{}"),

		/**
		 * One of a number.
		 */
		NUMBER("{\"id.gte\":0}"),

		/**
		 * One of a text.
		 */
		TEXT("{\"customer.startsWith\":\"Warehouse\"}"),

		/**
		 * Four.
		 */
		FOUR("{\"id.gte\":0,\"customer.contains\":\"Sons\",\"express.equals\":true,\"weight.lt\":2000}");

		private final String json;

		Conditions(String json) {
			this.json = json;
		}

	}

}
