package io.irpc.transport;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/**
 * Adds the handlers that a server's connection over TCP passes before it is opened.
 */
final class ServerEntrance implements BiConsumer<ChannelPipeline, IrpcConnection> {

	private final ServerSecurity security;

	ServerEntrance(ServerSecurity security) {
		this.security = security;
		Supplier<TlsContext> tls = security.tls();
		if (tls != null) {
			// what is wrong with it is to be known now, not with the first connection
			Objects.requireNonNull(tls.get());
		}
	}

	@Override
	public void accept(ChannelPipeline pipeline, IrpcConnection connection) {
		if (!isPlainTextAtOnce(pipeline.channel(), this.security.tls())) {
			pipeline.addLast(new TlsDetector(connection, this.security),
					new OpeningHandler(connection, this.security.handshakeTimeout(), new CompletableFuture<>()));
		}
	}

	private boolean isPlainTextAtOnce(Channel channel, @Nullable Supplier<TlsContext> tls) {
		if (Peer.isUnix(channel) || Peer.isInProcess(channel)) {
			return true;
		}
		return tls == null && (this.security.plainText() == ServerSecurity.PlainText.ANY || Peer.isLocal(channel));
	}

}
