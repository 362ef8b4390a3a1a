package io.irpc.transport;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * How a server ciphers its connections, and whose need not be (protocol §1, §8).
 *
 * @param tls asked for each connection over TCP, which may speak TLS or not; {@code null}
 * for a server without TLS
 * @param plainText whose connections need no TLS
 * @param handshakeTimeout time from accept until a connection has either sent something
 * in plain text or done its TLS handshake; nothing prolongs it
 * @since 0.1.0
 */
public record ServerSecurity(@Nullable Supplier<TlsContext> tls, PlainText plainText, Duration handshakeTimeout) {

	/**
	 * Whose connections need no TLS.
	 */
	public enum PlainText {

		/**
		 * Those of peers on this machine.
		 */
		LOCAL,

		/**
		 * Everybody's.
		 */
		ANY

	}

}
