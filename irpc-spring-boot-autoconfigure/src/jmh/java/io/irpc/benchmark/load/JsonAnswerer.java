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

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private static final Map<String, Function> FUNCTIONS = Map.of("add",
			new Function(Integer.class, (number) -> (Integer) number % 2 == 0), "echo",
			new Function(Order.class, (order) -> order));

	JsonAnswerer(ChannelGroup subscribers) {
		super(subscribers);
	}

	@Override
	void answer(ByteBuf in, int name, int value, int end, ByteBuf answers) {
		// up to the first tab is its name, up to = that of its argument
		int nameEnd = in.indexOf(name, value, (byte) '\t');
		Function function = Objects
			.requireNonNull(FUNCTIONS.get(in.toString(name, nameEnd - name, StandardCharsets.US_ASCII)));
		answers.writeBytes(function.apply(ByteBufUtil.getBytes(in, value, end - value)));
	}

	private static final class Function {

		private final ObjectReader reader;

		private final ObjectWriter writer = MAPPER.writer();

		private final UnaryOperator<Object> action;

		Function(Class<?> type, UnaryOperator<Object> action) {
			this.reader = MAPPER.readerFor(type);
			this.action = action;
		}

		byte[] apply(byte[] json) {
			return this.writer.writeValueAsBytes(this.action.apply(this.reader.readValue(json)));
		}

	}

}
