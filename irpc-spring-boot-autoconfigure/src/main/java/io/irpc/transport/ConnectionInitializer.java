package io.irpc.transport;

import java.util.function.BiConsumer;
import java.util.function.Function;

import io.irpc.protocol.MessageDecoder;
import io.irpc.protocol.MessageFrameDecoder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;

/**
 * The one list of handlers of a connection, at either end.
 */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

	private final ConnectionOptions options;

	private final Function<IrpcConnection, ConnectionListener> listeners;

	private final ChannelGroup channels;

	private final BiConsumer<ChannelPipeline, IrpcConnection> security;

	private final MessageDecoder decoder;

	/**
	 * Create an initializer.
	 * @param options limits and times of the connections
	 * @param listeners make the listener of each connection
	 * @param channels takes the channels of the connections
	 * @param security adds the handlers that decrypt and encrypt, if any
	 */
	ConnectionInitializer(ConnectionOptions options, Function<IrpcConnection, ConnectionListener> listeners,
			ChannelGroup channels, BiConsumer<ChannelPipeline, IrpcConnection> security) {
		this.options = options;
		this.listeners = listeners;
		this.channels = channels;
		this.security = security;
		this.decoder = new MessageDecoder(options.maxParameters());
	}

	@Override
	protected void initChannel(Channel channel) {
		this.channels.add(channel);
		MessageFrameDecoder frameDecoder = new MessageFrameDecoder(this.decoder, this.options.maxMessageLength());
		IrpcConnection connection = new IrpcConnection(channel, frameDecoder, this.options);
		ConnectionListener listener = this.listeners.apply(connection);
		connection.listen(listener);
		this.security.accept(channel.pipeline(), connection);
		channel.pipeline()
			.addLast(new LivenessHandler(connection, listener, frameDecoder, this.options))
			.addLast(frameDecoder)
			.addLast(new ConnectionHandler(connection, listener));
	}

}
