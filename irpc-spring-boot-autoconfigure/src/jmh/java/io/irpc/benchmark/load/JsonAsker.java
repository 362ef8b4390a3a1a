package io.irpc.benchmark.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has Jackson bind arguments and answers.
 */
final class JsonAsker extends RawAsker {

	private static final ObjectWriter WRITER = JsonMapper.shared().writer();

	private static final ObjectReader BOOLEANS = JsonMapper.shared().readerFor(Boolean.class);

	private static final ObjectReader ORDERS = JsonMapper.shared().readerFor(Order.class);

	@Override
	void writeOrder(ByteBuf buffer, Order order) {
		buffer.writeBytes(WRITER.writeValueAsBytes(order));
	}

	@Override
	void writeNumber(ByteBuf buffer, int number) {
		buffer.writeBytes(WRITER.writeValueAsBytes(number));
	}

	@Override
	Object answer(ByteBuf in, int start, int end) {
		ObjectReader reader = (in.getByte(start) == '{') ? ORDERS : BOOLEANS;
		return reader.readValue(ByteBufUtil.getBytes(in, start, end - start));
	}

}
