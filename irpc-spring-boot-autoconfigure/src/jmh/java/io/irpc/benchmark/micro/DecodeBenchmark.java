package io.irpc.benchmark.micro;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.MessageDecoder;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Decodes a line.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {

	private final MessageDecoder decoder = new MessageDecoder(64);

	/**
	 * The line, by the name of a {@link Lines constant}.
	 */
	@Param({ "CALL", "ORDER_CALL", "ANSWER" })
	public Lines line = Lines.CALL;

	private byte[] bytes = {};

	/**
	 * Make the bytes that are read.
	 */
	@Setup
	public void fill() {
		this.bytes = this.line.text().getBytes(StandardCharsets.UTF_8);
	}

	@Benchmark
	public @Nullable IrpcMessage decode() {
		return this.decoder.decode(this.bytes);
	}

}
