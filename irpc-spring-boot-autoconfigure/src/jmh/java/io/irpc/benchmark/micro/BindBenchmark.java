package io.irpc.benchmark.micro;

import java.util.concurrent.TimeUnit;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadReader;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts between JSON and Java.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BindBenchmark {

	private final PayloadConverter converter = new PayloadConverter(new JsonMapper());

	private final PayloadReader<Integer> numbers = this.converter.reader(int.class);

	private final PayloadReader<Order> orders = this.converter.reader(Order.class);

	private final Payload number = Payload.ofJson("123456");

	private final Payload order = Payload.ofJson(Order.JSON);

	private final @Nullable Order value = this.orders.read(this.order);

	@Benchmark
	public @Nullable Integer readNumber() {
		return this.numbers.read(this.number);
	}

	@Benchmark
	public @Nullable Order readOrder() {
		return this.orders.read(this.order);
	}

	@Benchmark
	public Payload writeBoolean() {
		return this.converter.write(true);
	}

	@Benchmark
	public Payload writeOrder() {
		return this.converter.write(this.value);
	}

}
