package io.irpc.transport;

import io.irpc.payload.Payload;
import io.irpc.protocol.Response;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Tells TLS from plain text by the first byte of a connection (protocol §1).
 */
final class TlsDetector extends ChannelInboundHandlerAdapter {

	private static final byte CLIENT_HELLO = 0x16;

	private static final Response REFUSAL = Response.exception("",
			Payload.ofJson("\"This server needs TLS: it accepts plain text from its own machine only.\""));

	private final IrpcConnection connection;

	private final ServerSecurity security;

	TlsDetector(IrpcConnection connection, ServerSecurity security) {
		this.connection = connection;
		this.security = security;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
		ByteBuf bytes = (ByteBuf) message;
		if (!bytes.isReadable()) {
			bytes.release();
		}
		else if (this.security.tls() != null && bytes.getByte(bytes.readerIndex()) == CLIENT_HELLO) {
			SslHandler tls = this.security.tls().get().newHandler(ctx.alloc());
			ctx.pipeline().replace(this, null, tls);
			tls.channelRead(ctx.pipeline().context(tls), bytes);
		}
		else {
			if (isPlainTextAccepted(ctx.channel())) {
				ctx.fireUserEventTriggered(OpeningHandler.PLAIN_TEXT);
			}
			else {
				this.connection.send(REFUSAL);
				this.connection.close("plain text from another machine");
			}
			ctx.pipeline().remove(this);
			ctx.fireChannelRead(bytes);
		}
	}

	boolean isPlainTextAccepted(Channel channel) {
		return this.security.plainText() == ServerSecurity.PlainText.ANY || Peer.isLocal(channel);
	}

}
