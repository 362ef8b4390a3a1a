package io.irpc.transport;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Closes a TLS 1.2 connection whose peer wants to renegotiate, which costs this end much
 * more than the peer. The Java runtime can only refuse it for the whole process.
 */
final class RenegotiationGuard extends ChannelInboundHandlerAdapter {

	private final IrpcConnection connection;

	private final SSLEngine engine;

	RenegotiationGuard(IrpcConnection connection, SSLEngine engine) {
		this.connection = connection;
		this.engine = engine;
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		if (this.engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING && !this.connection.isClosing()
				&& !this.engine.isInboundDone()) {
			this.connection.abort("the peer began a TLS renegotiation");
		}
		ctx.fireChannelReadComplete();
	}

}
