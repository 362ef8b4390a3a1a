package io.irpc.transport;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of I/O that Netty offers on this machine.
 */
enum IoTransport {

	IO_URING {

		@Override
		boolean isAvailable() {
			return isPresent("io.netty.channel.uring.IoUring") && IoUring.isAvailable();
		}

		@Override
		IoHandlerFactory ioHandlerFactory() {
			return IoUringIoHandler.newFactory();
		}

		@Override
		Class<? extends ServerChannel> serverChannel(SocketAddress address) {
			return isUnix(address) ? IoUringServerDomainSocketChannel.class : IoUringServerSocketChannel.class;
		}

		@Override
		Class<? extends Channel> clientChannel(SocketAddress address) {
			return isUnix(address) ? IoUringDomainSocketChannel.class : IoUringSocketChannel.class;
		}

		// the kernel expects one thread
		@Override
		boolean isForAnyThread() {
			return false;
		}

		@Override
		@Nullable String peerUser(Channel channel) throws IOException {
			return UnixUsers.name(((IoUringDomainSocketChannel) channel).peerCredentials().uid(), socketFile(channel));
		}

	},

	EPOLL {

		@Override
		boolean isAvailable() {
			return isPresent("io.netty.channel.epoll.Epoll") && Epoll.isAvailable();
		}

		@Override
		IoHandlerFactory ioHandlerFactory() {
			return EpollIoHandler.newFactory();
		}

		@Override
		Class<? extends ServerChannel> serverChannel(SocketAddress address) {
			return isUnix(address) ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class;
		}

		@Override
		Class<? extends Channel> clientChannel(SocketAddress address) {
			return isUnix(address) ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
		}

		@Override
		@Nullable String peerUser(Channel channel) throws IOException {
			return UnixUsers.name(((EpollDomainSocketChannel) channel).peerCredentials().uid(), socketFile(channel));
		}

	},

	NIO {

		@Override
		boolean isAvailable() {
			return true;
		}

		@Override
		IoHandlerFactory ioHandlerFactory() {
			return NioIoHandler.newFactory();
		}

		@Override
		Class<? extends ServerChannel> serverChannel(SocketAddress address) {
			return isUnix(address) ? NioServerDomainSocketChannel.class : NioServerSocketChannel.class;
		}

		@Override
		Class<? extends Channel> clientChannel(SocketAddress address) {
			return isUnix(address) ? NioDomainSocketChannel.class : NioSocketChannel.class;
		}

		@Override
		SocketAddress socketAddress(SocketAddress address) {
			return address;
		}

		@Override
		@Nullable String peerUser(Channel channel) {
			UnixDomainPrincipal peer = channel.config()
				.getOption(NioChannelOption.of(ExtendedSocketOptions.SO_PEERCRED));
			return (peer != null) ? peer.user().getName() : null;
		}

		@Override
		boolean supportsHalfClosure(SocketAddress address) {
			return !isUnix(address);
		}

	},

	/**
	 * Between the two ends of a connection inside this process.
	 */
	LOCAL {

		@Override
		boolean isAvailable() {
			return true;
		}

		@Override
		IoHandlerFactory ioHandlerFactory() {
			return LocalIoHandler.newFactory();
		}

		@Override
		Class<? extends ServerChannel> serverChannel(SocketAddress address) {
			return LocalServerChannel.class;
		}

		@Override
		Class<? extends Channel> clientChannel(SocketAddress address) {
			return LocalChannel.class;
		}

		// remembers the first one, to wake it up
		@Override
		boolean isForAnyThread() {
			return false;
		}

		@Override
		@Nullable String peerUser(Channel channel) {
			return null;
		}

		@Override
		boolean supportsHalfClosure(SocketAddress address) {
			return false;
		}

		// for the other ends, which tell that they are closed as well
		@Override
		Duration quietPeriod() {
			return Duration.ofMillis(50);
		}

	};

	static IoTransport of(SocketAddress address) {
		return (address instanceof LocalAddress) ? LOCAL : best();
	}

	// for sockets
	static IoTransport best() {
		for (IoTransport transport : values()) {
			if (transport.isAvailable()) {
				return transport;
			}
		}
		return NIO;
	}

	abstract boolean isAvailable();

	abstract IoHandlerFactory ioHandlerFactory();

	abstract Class<? extends ServerChannel> serverChannel(SocketAddress address);

	abstract Class<? extends Channel> clientChannel(SocketAddress address);

	// the native channels have a type of their own for the address
	SocketAddress socketAddress(SocketAddress address) {
		return (address instanceof UnixDomainSocketAddress unix) ? new DomainSocketAddress(unix.getPath().toString())
				: address;
	}

	boolean supportsHalfClosure(SocketAddress address) {
		return true;
	}

	/**
	 * Return whether another thread may go on with the I/O that one has begun.
	 * @return {@code false} if it needs the same thread all the time
	 */
	boolean isForAnyThread() {
		return true;
	}

	/**
	 * Return how long its threads go on at the end without anything to do.
	 * @return the time
	 */
	Duration quietPeriod() {
		return Duration.ZERO;
	}

	// the operating system's user at the other end of a Unix domain socket
	abstract @Nullable String peerUser(Channel channel) throws IOException;

	private static Path socketFile(Channel channel) {
		// a client's own end has no name
		String path = ((DomainSocketAddress) channel.localAddress()).path();
		return Path.of(path.isEmpty() ? ((DomainSocketAddress) channel.remoteAddress()).path() : path);
	}

	private static boolean isUnix(SocketAddress address) {
		return address instanceof UnixDomainSocketAddress;
	}

	static boolean isPresent(String className) {
		try {
			Class.forName(className, false, IoTransport.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

}
