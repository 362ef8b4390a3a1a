package io.irpc.actuate;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

import io.irpc.journal.EventJournal;
import io.irpc.journal.Position;
import io.irpc.protocol.LogSafe;
import io.irpc.server.IrpcServer;
import io.irpc.server.IrpcServerState;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Tells whether a server can do its work: it listens, its certificate is valid, and its
 * journal answers.
 *
 * @since 0.1.0
 */
public final class IrpcServerHealthIndicator extends AbstractHealthIndicator {

	private static final String JOURNAL = "journal";

	private final IrpcServer server;

	private final JournalProbe<Position> journal;

	private final Duration warning;

	private final InstantSource clock;

	/**
	 * Create an indicator.
	 * @param server the server
	 * @param journal its journal of events
	 * @param executor asks the journal, which may block
	 * @param settings what is too late and what is too long
	 * @param clock tells whether a certificate is valid
	 */
	public IrpcServerHealthIndicator(IrpcServer server, EventJournal journal, Executor executor,
			IrpcServerHealthSettings settings, InstantSource clock) {
		super("The health of the IRPC server cannot be found out");
		this.server = server;
		this.journal = new JournalProbe<>(journal::oldest, executor, settings.journalTimeout());
		this.warning = settings.certificateWarning();
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		IrpcServerState state = this.server.state();
		builder.withDetail("state", state.name().toLowerCase(Locale.ROOT));
		switch (state) {
			case LISTENING -> listening(builder);
			case DRAINING, DRAINED -> builder.outOfService();
			case STOPPED ->
				builder.unknown().withDetail("reason", "Not started, or without an @IrpcService and irpc.server.port");
		}
	}

	private void listening(Health.Builder builder) {
		builder.up().withDetail("address", String.valueOf(Addresses.text(this.server.address())));
		X509Certificate certificate = this.server.certificate();
		if (certificate != null) {
			check(certificate, builder);
		}
		try {
			this.journal.ask();
			builder.withDetail(JOURNAL, "reachable");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			builder.unknown();
		}
		catch (Exception ex) {
			// not as an exception, which would be logged with each probe
			builder.down()
				.withDetail(JOURNAL, "unreachable")
				.withDetail("error", ex.getClass().getName() + ": " + LogSafe.text(ex.getMessage()));
		}
	}

	private void check(X509Certificate certificate, Health.Builder builder) {
		Instant now = this.clock.instant();
		Instant end = certificate.getNotAfter().toInstant();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("expires", end.toString());
		if (now.isAfter(end) || now.isBefore(certificate.getNotBefore().toInstant())) {
			// clients that check it do not connect, whatever else works
			builder.status(Status.OUT_OF_SERVICE);
			details.put("warning", now.isAfter(end) ? "expired" : "not valid yet");
		}
		else if (now.plus(this.warning).isAfter(end)) {
			long days = Duration.between(now, end).toDays();
			details.put("warning", "expires in " + ((days > 0) ? days + " days" : "less than a day"));
		}
		builder.withDetail("certificate", details);
	}

}
