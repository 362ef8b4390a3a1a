package io.irpc.benchmark.load;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.group.ChannelGroup;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds functions by their names, and has Jackson bind their arguments and results.
 */
final class JsonAnswerer extends RawAnswerer {

	private static final ObjectWriter WRITER = JsonMapper.shared().writer();

	private static final Map<String, BoundFunction> FUNCTIONS = Map.of("add",
			new BoundFunction(JsonMapper.shared().readerFor(Integer.class), (number) -> (Integer) number % 2 == 0),
			"echo", new BoundFunction(JsonMapper.shared().readerFor(Order.class), (order) -> order));

	JsonAnswerer(ChannelGroup subscribers) {
		super(subscribers);
	}

	@Override
	void answer(ByteBuf in, int name, int end, ByteBuf answers) {
		// up to the first tab is its name, up to = that of its argument
		int nameEnd = in.indexOf(name, end, (byte) '\t');
		int value = in.indexOf(nameEnd, end, (byte) '=') + 1;
		BoundFunction function = Objects
			.requireNonNull(FUNCTIONS.get(in.toString(name, nameEnd - name, StandardCharsets.US_ASCII)));
		byte[] result = function.apply(ByteBufUtil.getBytes(in, value, end - value));
		answers.writeByte('\t').writeByte('\t').writeBytes(result).writeByte('\n');
	}

	private record BoundFunction(ObjectReader reader, UnaryOperator<Object> action) {

		byte[] apply(byte[] json) {
			return WRITER.writeValueAsBytes(this.action.apply(this.reader.readValue(json)));
		}

	}

}
