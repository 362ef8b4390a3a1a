package io.irpc.session;

import java.io.Serial;
import java.net.SocketAddress;

import io.irpc.protocol.Limit;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * Published when a connection does not become a session of the server, as there are too
 * many (protocol §8), on a thread that may block. Not each refusal is told while there
 * are many at once; they are counted all the same.
 *
 * @since 0.1.0
 */
public final class IrpcSessionRefusedEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final @Nullable SocketAddress address;

	private final Limit limit;

	private final String reason;

	IrpcSessionRefusedEvent(Object source, @Nullable SocketAddress address, Limit limit, String reason) {
		super(source);
		this.address = address;
		this.limit = limit;
		this.reason = reason;
	}

	/**
	 * Return the address of the peer.
	 * @return the address, {@code null} if it has none
	 */
	public @Nullable SocketAddress address() {
		return this.address;
	}

	/**
	 * Return what the connection would have exceeded.
	 * @return the limit
	 */
	public Limit limit() {
		return this.limit;
	}

	/**
	 * Return what the peer was told.
	 * @return the reason in words for people
	 */
	public String reason() {
		return this.reason;
	}

}
