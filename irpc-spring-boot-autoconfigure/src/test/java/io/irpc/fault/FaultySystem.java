package io.irpc.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.irpc.fault.HandlingLog.Kind;
import io.irpc.fault.HandlingLog.Line;
import io.irpc.test.BadLink;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A daemon and a client in processes of their own, and the link between them.
 */
final class FaultySystem implements AutoCloseable {

	private static final int PROGRESS_BYTES = 500;

	/**
	 * Longer than a dead link is not noticed, a login and the longest wait between two.
	 */
	private static final Duration RECOVERY = Duration.ofSeconds(60);

	private static final Duration QUIET = Duration.ofMinutes(2);

	private final Path directory;

	private final Path handled;

	private final int port = freePort();

	private final BadLink link = BadLink.to(this.port);

	private final HandlingLog log;

	private @Nullable ChildProcess daemon;

	private @Nullable ChildProcess client;

	private int daemons;

	FaultySystem(Path directory) {
		this.directory = directory;
		this.handled = directory.resolve("handled");
		this.log = new HandlingLog(this.handled);
	}

	/**
	 * Return the link between client and daemon.
	 * @return the link
	 */
	BadLink link() {
		return this.link;
	}

	/**
	 * Start the daemon, always on the same port.
	 */
	void startDaemon() {
		Map<String, String> properties = new HashMap<>();
		properties.put("irpc.server.port", Integer.toString(this.port));
		properties.put("irpc.server.connection.ping-interval", "1s");
		properties.put("irpc.server.connection.idle-timeout", "3s");
		properties.put("irpc.server.ssl.enabled", "false");
		properties.put("irpc.journal.type", "jdbc");
		properties.put("irpc.journal.max-events", "10000000");
		properties.put("irpc.journal.jdbc.initialize-schema", "always");
		// what is committed has left the process
		properties.put("spring.datasource.url", "jdbc:h2:file:" + this.directory.resolve("journal") + ";WRITE_DELAY=0");
		properties.put("spring.security.user.password", "secret");
		properties.put("fault.process", Integer.toString(++this.daemons));
		this.daemon = start(FaultDaemon.class, "daemon.log", properties);
	}

	/**
	 * Start the client, while the daemon runs.
	 */
	void startClient() {
		this.log.append(Line.of(Kind.CLIENT_STARTED, stored()));
		Map<String, String> properties = new HashMap<>();
		properties.put("irpc.client.address", "127.0.0.1:" + this.link.port());
		properties.put("irpc.client.username", FaultDaemon.USER);
		properties.put("irpc.client.password", "secret");
		properties.put("irpc.client.reconnect.initial-delay", "10ms");
		properties.put("irpc.client.reconnect.max-delay", "100ms");
		properties.put("irpc.client.connection.ping-interval", "1s");
		properties.put("irpc.client.connection.idle-timeout", "3s");
		properties.put("fault.log", this.handled.toString());
		this.client = start(FaultClient.class, "client.log", properties);
	}

	void killDaemon() {
		daemon().kill();
		this.log.append(Line.of(Kind.DAEMON_KILLED, 0));
	}

	void killClient() {
		if (this.client != null) {
			this.client.kill();
		}
	}

	/**
	 * Wait until the client goes on handling events.
	 */
	void awaitProgress() {
		long before = this.handled.toFile().length();
		await("the client to go on").atMost(RECOVERY)
			.until(() -> this.handled.toFile().length() > before + PROGRESS_BYTES);
	}

	/**
	 * Raise no more events, and wait until the client has handled all.
	 * @return what was committed
	 */
	Truth finish() {
		daemon().ask(FaultDaemon.PAUSE);
		Truth truth = await("the journal to have all that was committed").atMost(QUIET)
			.until(this::truth, (read) -> read.journal().size() >= read.rows().size());
		long last = truth.journal().get(truth.journal().size() - 1).position();
		await("the client to handle everything").atMost(QUIET).until(() -> isHandled(last));
		await("the daemon to store the last cursor").atMost(QUIET).until(() -> stored() == last);
		return truth;
	}

	List<Line> lines() {
		return HandlingLog.read(this.handled);
	}

	@Override
	public void close() {
		killClient();
		if (this.daemon != null) {
			this.daemon.close();
		}
		this.link.close();
		this.log.close();
	}

	private boolean isHandled(long cursor) {
		return lines().stream()
			.filter((line) -> line.cursor() == cursor)
			.map(Line::kind)
			.collect(Collectors.toSet())
			.containsAll(Set.of(Kind.DURABLE, Kind.TRANSIENT));
	}

	private Truth truth() {
		Path file = this.directory.resolve("truth");
		daemon().ask(FaultDaemon.TRUTH + file);
		return Truth.read(file);
	}

	private long stored() {
		return Long.parseLong(daemon().ask(FaultDaemon.STORED));
	}

	private ChildProcess daemon() {
		if (this.daemon == null) {
			throw new IllegalStateException("The daemon was never started");
		}
		return this.daemon;
	}

	private ChildProcess start(Class<?> main, String logFile, Map<String, String> properties) {
		ChildProcess started = ChildProcess.start(main, this.directory.resolve(logFile).toFile(), properties);
		started.answer();
		return started;
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
