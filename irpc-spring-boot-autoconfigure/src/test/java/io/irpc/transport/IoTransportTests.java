package io.irpc.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.EnumSet;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link IoTransport}.
 */
class IoTransportTests {

	private static final SocketAddress TCP = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

	private static final UnixDomainSocketAddress UNIX = UnixDomainSocketAddress.of("/tmp/irpc.sock");

	@Test
	void whenThereIsNoNativeLibraryThenItIsNio() {
		assumeThat(Epoll.isAvailable()).as("a native library is on the class path (profile native-transport)")
			.isFalse();
		assertThat(IoTransport.best()).isEqualTo(IoTransport.NIO);
	}

	@Test
	void whenThereIsNativeLibraryThenItIsUsed() {
		assumeThat(Epoll.isAvailable()).as("no native library is on the class path; run with -Pnative-transport")
			.isTrue();
		assertThat(IoTransport.best()).isIn(IoTransport.EPOLL, IoTransport.IO_URING);
		assertThat(IoTransport.best().serverChannel(TCP).getSimpleName()).matches("(Epoll|IoUring).*");
		assertThat(IoTransport.best().clientChannel(UNIX).getSimpleName()).matches("(Epoll|IoUring).*");
	}

	@Test
	void everyKindHasChannelsForTcpAndUnixDomainSockets() {
		for (IoTransport transport : EnumSet.complementOf(EnumSet.of(IoTransport.LOCAL))) {
			assertThat(transport.serverChannel(TCP)).isNotEqualTo(transport.serverChannel(UNIX));
			assertThat(transport.clientChannel(TCP)).isNotEqualTo(transport.clientChannel(UNIX));
			assertThat(transport.socketAddress(TCP)).isEqualTo(TCP);
		}
	}

	@Test
	void addressInsideThisProcessHasAKindOfItsOwn() {
		assertThat(IoTransport.of(new LocalAddress("here"))).isEqualTo(IoTransport.LOCAL);
		assertThat(IoTransport.of(TCP)).isEqualTo(IoTransport.best()).isNotEqualTo(IoTransport.LOCAL);
		assertThat(IoTransport.of(UNIX)).isEqualTo(IoTransport.best());
	}

	@Test
	void nativeChannelsHaveTheirOwnAddressOfUnixDomainSockets() {
		assertThat(IoTransport.NIO.socketAddress(UNIX)).isEqualTo(UNIX);
		assertThat(IoTransport.EPOLL.socketAddress(UNIX)).isEqualTo(new DomainSocketAddress("/tmp/irpc.sock"));
		assertThat(IoTransport.IO_URING.socketAddress(UNIX)).isEqualTo(new DomainSocketAddress("/tmp/irpc.sock"));
	}

}
