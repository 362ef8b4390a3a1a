package io.irpc.benchmark.load;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.netty.buffer.ByteBufUtil;
import io.rsocket.Payload;
import io.rsocket.RSocket;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketConnector;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import io.rsocket.util.ByteBufPayload;
import reactor.core.publisher.Mono;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The RSocket library on Netty: the name of the function as metadata, JSON as data, and
 * functions that run on the loops of the connections.
 */
final class RSocketPeer implements Peer {

	private static final byte[] ADD = "add".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] ECHO = "echo".getBytes(StandardCharsets.US_ASCII);

	private static final ObjectWriter WRITER = JsonMapper.shared().writer();

	private static final ObjectReader NUMBER = JsonMapper.shared().readerFor(Integer.class);

	private static final ObjectReader BOOLEAN = JsonMapper.shared().readerFor(Boolean.class);

	private static final ObjectReader ORDER = JsonMapper.shared().readerFor(Order.class);

	@Override
	public Service serve() {
		CloseableChannel channel = Objects.requireNonNull(RSocketServer.create(SocketAcceptor.with(new Functions()))
			.payloadDecoder(PayloadDecoder.ZERO_COPY)
			.bind(TcpServerTransport.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
			.block());
		return new Service() {

			@Override
			public int port() {
				return channel.address().getPort();
			}

			@Override
			public void close() {
				channel.dispose();
			}

		};
	}

	@Override
	public Caller connect(int port, int connections) {
		List<RSocket> sockets = new ArrayList<>();
		for (int i = 0; i < connections; i++) {
			sockets.add(Objects.requireNonNull(RSocketConnector.create()
				.payloadDecoder(PayloadDecoder.ZERO_COPY)
				.connect(TcpClientTransport.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
				.block()));
		}
		return new RSocketCaller(sockets);
	}

	private static Object read(Payload payload, ObjectReader reader) {
		try {
			return reader.readValue(ByteBufUtil.getBytes(payload.sliceData()));
		}
		finally {
			payload.release();
		}
	}

	private static Payload call(byte[] function, Object argument) {
		return ByteBufPayload.create(WRITER.writeValueAsBytes(argument), function);
	}

	private static Payload answer(Object result) {
		return ByteBufPayload.create(WRITER.writeValueAsBytes(result));
	}

	private static final class Functions implements RSocket {

		@Override
		public Mono<Payload> requestResponse(Payload payload) {
			if (payload.sliceMetadata().getByte(0) == ADD[0]) {
				return Mono.just(answer(isEven((int) read(payload, NUMBER))));
			}
			return Mono.just(answer(echo((Order) read(payload, ORDER))));
		}

		private static boolean isEven(int number) {
			return number % 2 == 0;
		}

		private static Order echo(Order order) {
			return order;
		}

	}

	private record RSocketCaller(List<RSocket> sockets) implements Caller {

		@Override
		public void add(int connection, int number, Reply reply) {
			this.sockets.get(connection)
				.requestResponse(call(ADD, number))
				.subscribe((answer) -> reply.answered(read(answer, BOOLEAN)), reply::failed);
		}

		@Override
		public void echo(int connection, Order order, Reply reply) {
			this.sockets.get(connection)
				.requestResponse(call(ECHO, order))
				.subscribe((answer) -> reply.answered(read(answer, ORDER)), reply::failed);
		}

		@Override
		public boolean add(int number) {
			return Boolean.TRUE.equals(this.sockets.get(0)
				.requestResponse(call(ADD, number))
				.map((answer) -> read(answer, BOOLEAN))
				.block());
		}

		@Override
		public void close() {
			this.sockets.forEach(RSocket::dispose);
		}

	}

}
