package io.irpc.benchmark.micro;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.irpc.payload.Payload;
import io.irpc.protocol.IrpcMessage;
import io.irpc.protocol.MessageDecoder;
import io.irpc.protocol.MessageEncoder;
import io.irpc.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Measures and forms a line.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EncodeBenchmark {

	private final ByteBuf out = Unpooled.directBuffer(1024);

	/**
	 * The line, by the name of a {@link Lines constant}.
	 */
	@Param({ "CALL", "ORDER_CALL", "ANSWER" })
	public Lines line = Lines.CALL;

	private IrpcMessage message = Response.value("", Payload.NULL);

	/**
	 * Make the message of the line.
	 */
	@Setup
	public void decode() {
		byte[] bytes = this.line.text().getBytes(StandardCharsets.UTF_8);
		this.message = Objects.requireNonNull(new MessageDecoder(64).decode(bytes));
	}

	@Benchmark
	public ByteBuf encode() {
		this.out.clear().ensureWritable(MessageEncoder.measure(this.message));
		MessageEncoder.encode(this.message, this.out);
		return this.out;
	}

}
