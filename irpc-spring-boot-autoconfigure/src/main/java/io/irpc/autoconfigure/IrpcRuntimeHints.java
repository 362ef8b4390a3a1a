package io.irpc.autoconfigure;

import java.nio.channels.spi.SelectorProvider;
import java.util.List;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcEventListener;
import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcSensitive;
import io.irpc.annotation.IrpcService;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Registers what a native image needs of every application with this library: what Netty
 * reaches by reflection, and the types by which is found out what there is.
 */
final class IrpcRuntimeHints implements RuntimeHintsRegistrar {

	/**
	 * Netty looks at their methods to leave out those that do nothing.
	 */
	private static final List<String> HANDLERS = List.of("io.irpc.protocol.MessageFrameDecoder",
			"io.irpc.transport.ConnectionHandler", "io.irpc.transport.ConnectionInitializer",
			"io.irpc.transport.LivenessHandler", "io.irpc.transport.OpeningHandler",
			"io.irpc.transport.RenegotiationGuard", "io.irpc.transport.TlsDetector");

	/**
	 * Netty makes them by their constructors. It has hints of its own for TCP on NIO.
	 */
	private static final List<String> CHANNELS = List.of("io.netty.channel.epoll.EpollDomainSocketChannel",
			"io.netty.channel.epoll.EpollServerDomainSocketChannel", "io.netty.channel.epoll.EpollServerSocketChannel",
			"io.netty.channel.epoll.EpollSocketChannel", "io.netty.channel.local.LocalChannel",
			"io.netty.channel.local.LocalServerChannel", "io.netty.channel.socket.nio.NioDomainSocketChannel",
			"io.netty.channel.socket.nio.NioServerDomainSocketChannel",
			"io.netty.channel.uring.IoUringDomainSocketChannel",
			"io.netty.channel.uring.IoUringServerDomainSocketChannel",
			"io.netty.channel.uring.IoUringServerSocketChannel", "io.netty.channel.uring.IoUringSocketChannel");

	private static final List<String> ASKED_FOR = List.of("io.netty.channel.epoll.Epoll",
			"io.netty.channel.uring.IoUring", "jakarta.annotation.security.RolesAllowed", "org.postgresql.PGConnection",
			"org.reactivestreams.Publisher", "org.springframework.boot.jdbc.init.DatabaseInitializationProperties",
			"org.springframework.transaction.support.TransactionSynchronization", "reactor.core.publisher.Mono",
			"reactor.core.scheduler.Schedulers");

	/**
	 * Proxies stand for them where they are attributes of other annotations.
	 */
	private static final List<Class<?>> ANNOTATIONS = List.of(IrpcEvent.class, IrpcEventListener.class,
			IrpcFunction.class, IrpcParam.class, IrpcSensitive.class, IrpcService.class);

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		HANDLERS.forEach((name) -> hints.reflection()
			.registerTypeIfPresent(classLoader, name, MemberCategory.INVOKE_PUBLIC_METHODS));
		CHANNELS.forEach((name) -> hints.reflection()
			.registerTypeIfPresent(classLoader, name, MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS));
		// for the sockets of Unix domains
		hints.reflection().registerType(SelectorProvider.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		ASKED_FOR.forEach((name) -> hints.reflection().registerTypeIfPresent(classLoader, name));
		ANNOTATIONS.forEach((type) -> hints.proxies().registerJdkProxy(type));
	}

}
