package io.irpc.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is at the other end of a channel.
 */
final class Peer {

	private static final Log logger = LogFactory.getLog(Peer.class);

	private Peer() {
	}

	static boolean isUnix(Channel channel) {
		return channel instanceof NioDomainSocketChannel || channel instanceof DomainSocketChannel;
	}

	static boolean isInProcess(Channel channel) {
		return channel instanceof LocalChannel;
	}

	static boolean isLocal(Channel channel) {
		return isUnix(channel) || isInProcess(channel) || (channel.remoteAddress() instanceof InetSocketAddress address
				&& address.getAddress().isLoopbackAddress());
	}

	static @Nullable X509Certificate certificate(SSLSession session) {
		try {
			return (X509Certificate) session.getPeerCertificates()[0];
		}
		catch (SSLPeerUnverifiedException ex) {
			return null;
		}
	}

	static @Nullable String user(Channel channel) {
		if (!isUnix(channel)) {
			return null;
		}
		try {
			return IoTransport.best().peerUser(channel);
		}
		catch (IOException | ChannelException | UnsupportedOperationException ex) {
			logger.debug("No user of the peer of " + channel + ": " + ex.getMessage());
			return null;
		}
	}

}
