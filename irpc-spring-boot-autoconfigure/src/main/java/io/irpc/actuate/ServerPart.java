package io.irpc.actuate;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerSettings;
import io.irpc.server.IrpcServerState;
import io.irpc.server.MemoryBound;
import io.irpc.service.AccessPolicy;
import io.irpc.session.SessionManager;
import io.irpc.transport.PublicKeyPin;
import io.irpc.transport.ServerSecurity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells where the server listens, how it is protected and what it may take.
 *
 * @since 0.1.0
 */
public final class ServerPart implements EndpointPart {

	static final String NAME = "server";

	private final IrpcServer server;

	private final IrpcServerSettings settings;

	private final ServerSecurity security;

	private final AccessPolicy policy;

	private final MemoryBound memory;

	private final SessionManager sessions;

	/**
	 * Create a part.
	 * @param server the server
	 * @param settings what it was told
	 * @param security how it ciphers
	 * @param policy decides who may use what
	 * @param memory what it takes at the most
	 * @param sessions its sessions
	 */
	public ServerPart(IrpcServer server, IrpcServerSettings settings, ServerSecurity security, AccessPolicy policy,
			MemoryBound memory, SessionManager sessions) {
		this.server = server;
		this.settings = settings;
		this.security = security;
		this.policy = policy;
		this.memory = memory;
		this.sessions = sessions;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, Object> summary() {
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("state", state());
		result.put("addresses", addresses());
		return result;
	}

	@Override
	public OperationResponseBody read(Disclosure disclosure) {
		List<MemoryPart> parts = new ArrayList<>();
		this.memory.parts().forEach((name, bytes) -> parts.add(new MemoryPart(name, bytes)));
		return new Server(state(), addresses(), this.policy.isLoginRequired(),
				new Tls(this.security.tls() != null, text(this.security.plainText()), certificate()),
				new Memory(this.sessions.usedMemory(), this.memory.total(), parts), this.sessions.count(),
				this.settings.drainTimeout());
	}

	/**
	 * Send all peers away. The application goes on.
	 * @return what has begun
	 * @throws InvalidEndpointRequestException if the server does not run
	 */
	OperationResponseBody drain() {
		int count = this.sessions.count();
		if (this.server.state() != IrpcServerState.LISTENING) {
			throw IrpcEndpoint.invalid("The server cannot be drained: it is " + state() + " (expected: listening)");
		}
		this.server.drain();
		return new Drain(state(), count, this.settings.shutdownDelay().plus(this.settings.drainTimeout()));
	}

	private String state() {
		return text(this.server.state());
	}

	private List<String> addresses() {
		List<String> result = new ArrayList<>();
		if (this.server.isRunning()) {
			result.add(String.valueOf(Addresses.text(this.server.address())));
			Path unixSocket = this.settings.unixSocket();
			if (unixSocket != null) {
				result.add("unix:" + unixSocket);
			}
		}
		return result;
	}

	private @Nullable Certificate certificate() {
		// a key is made when the server starts, and a server that does not needs none
		X509Certificate certificate = this.server.isRunning() ? this.server.certificate() : null;
		return (certificate != null) ? new Certificate(certificate.getSubjectX500Principal().getName(),
				certificate.getIssuerX500Principal().getName(), certificate.getNotBefore().toInstant(),
				certificate.getNotAfter().toInstant(), PublicKeyPin.of(certificate).text()) : null;
	}

	private static String text(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What is told of a server.
	 *
	 * @param state its state
	 * @param addresses where it listens
	 * @param loginRequired whether sessions are expected to log in
	 * @param tls how it ciphers
	 * @param memory what it takes
	 * @param sessions how many sessions are open
	 * @param drainTimeout how long running commands may take when it is drained
	 */
	record Server(String state, List<String> addresses, boolean loginRequired, Tls tls, Memory memory, int sessions,
			Duration drainTimeout) implements OperationResponseBody {

	}

	/**
	 * How a server ciphers.
	 *
	 * @param enabled whether it speaks TLS
	 * @param plainText whose connections need no TLS, {@code local} or {@code any}
	 * @param certificate what it shows now, {@code null} for nothing
	 */
	record Tls(boolean enabled, String plainText, @Nullable Certificate certificate) {

	}

	/**
	 * A certificate.
	 *
	 * @param subject whose it is
	 * @param issuer who has signed it
	 * @param notBefore from when it is valid
	 * @param notAfter until when it is valid
	 * @param pin the pin of its key
	 */
	record Certificate(String subject, String issuer, Instant notBefore, Instant notAfter, String pin) {

	}

	/**
	 * What a server takes in memory, in bytes.
	 *
	 * @param usedBySessions what all sessions together hold now
	 * @param bound what the server takes at the most
	 * @param parts what takes it
	 */
	record Memory(long usedBySessions, long bound, List<MemoryPart> parts) {

	}

	/**
	 * Something that takes memory.
	 *
	 * @param name what takes it
	 * @param bytes the bytes that it takes at the most
	 */
	record MemoryPart(String name, long bytes) {

	}

	/**
	 * What is told of a drain that has begun.
	 *
	 * @param state the state of the server
	 * @param sessions how many sessions are sent away
	 * @param timeout how long the delay and running commands may take together
	 */
	record Drain(String state, int sessions, Duration timeout) implements OperationResponseBody {

	}

}
