package io.irpc.test;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.irpc.payload.PayloadConverter;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A connection that lines are typed into, as a person does with {@code nc} (protocol §2).
 * Pings of the server are answered and not shown. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class IrpcTestConnection implements AutoCloseable {

	private static final int MAX_LINE_LENGTH = 64 * 1024 * 1024;

	/**
	 * Time for the other end inside this process to tell that it is closed as well.
	 */
	private static final int QUIET_MILLIS = 50;

	private static final String PING = "!ping";

	/**
	 * What stands for the end of the connection, behind all lines.
	 */
	private static final Optional<String> END = Optional.empty();

	private final BlockingQueue<Optional<String>> received = new LinkedBlockingQueue<>();

	private final MultiThreadIoEventLoopGroup group;

	private final Channel channel;

	IrpcTestConnection(SocketAddress address) {
		boolean local = address instanceof LocalAddress;
		this.group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("irpc-test-connection", true),
				local ? LocalIoHandler.newFactory() : NioIoHandler.newFactory());
		ChannelFuture connected = new Bootstrap().group(this.group)
			.channel(local ? LocalChannel.class : NioSocketChannel.class)
			.handler(new ChannelInitializer<>() {

				@Override
				protected void initChannel(Channel opened) {
					opened.pipeline()
						.addLast(new LineBasedFrameDecoder(MAX_LINE_LENGTH), new StringDecoder(StandardCharsets.UTF_8),
								new Receiver());
				}

			})
			.connect(address)
			.awaitUninterruptibly();
		this.channel = connected.channel();
		if (!connected.isSuccess()) {
			close();
			throw new AssertionError("Cannot connect to " + address, connected.cause());
		}
	}

	/**
	 * Send a line.
	 * @param line the line, without line feed
	 * @return this connection
	 */
	public IrpcTestConnection send(String line) {
		this.channel.writeAndFlush(Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8)).awaitUninterruptibly();
		return this;
	}

	/**
	 * Wait for a line, for at most ten seconds.
	 * @return the line without line feed, {@code null} at the end of the connection
	 * @throws AssertionError if there is none in time
	 */
	public @Nullable String read() {
		try {
			Optional<String> line = this.received.poll(TestServer.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			if (line == null) {
				throw new AssertionError("No line within " + TestServer.TIMEOUT.toMillis() + " ms");
			}
			if (line.isEmpty()) {
				this.received.add(END);
			}
			return line.orElse(null);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting for a line", ex);
		}
	}

	/**
	 * Send a line and wait for what answers it.
	 * @param line the line, without line feed
	 * @return all lines received, up to the final response of the line's id
	 * @throws AssertionError if there is no final response
	 */
	public List<String> exchange(String line) {
		send(line);
		List<String> lines = new ArrayList<>();
		do {
			String answer = read();
			if (answer == null) {
				throw new AssertionError("The server has closed the connection instead of answering: " + lines);
			}
			lines.add(answer);
		}
		while (!RawLine.isFinalResponse(lines.get(lines.size() - 1), line));
		return lines;
	}

	@Override
	public void close() {
		this.channel.close().awaitUninterruptibly();
		this.group.shutdownGracefully(QUIET_MILLIS, TestServer.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
	}

	void login(TestLogin login, PayloadConverter converter) {
		StringBuilder line = new StringBuilder("!call@login\tfn:login");
		login.arguments()
			.forEach((name, value) -> line.append('\t').append(name).append('=').append(converter.write(value).json()));
		List<String> answer = exchange(line.toString());
		if (!answer.equals(List.of(">login\t\ttrue"))) {
			close();
			throw new AssertionError("The server refuses " + login.credentials() + ": " + answer);
		}
	}

	/**
	 * Keeps lines until they are read.
	 */
	private final class Receiver extends SimpleChannelInboundHandler<String> {

		@Override
		protected void channelRead0(ChannelHandlerContext ctx, String line) {
			if (line.startsWith(PING)) {
				ctx.writeAndFlush(Unpooled.copiedBuffer(">" + RawLine.id(line) + "\t\tnull\n", StandardCharsets.UTF_8));
			}
			else {
				IrpcTestConnection.this.received.add(Optional.of(line));
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			IrpcTestConnection.this.received.add(END);
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			// the end follows
			ctx.close();
		}

	}

}
