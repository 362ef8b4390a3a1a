package io.irpc.actuate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.irpc.event.SubscriptionFigures;
import io.irpc.event.SubscriptionRegistry;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LogSafe;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;
import io.irpc.session.SessionFigures;
import io.irpc.session.SessionManager;
import io.irpc.session.SessionUser;
import io.irpc.session.Traffic;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Tells who is connected and what they do, and ends sessions.
 *
 * @since 0.1.0
 */
public final class SessionsPart implements EndpointPart {

	static final String NAME = "sessions";

	private static final Log logger = LogFactory.getLog(SessionsPart.class);

	private final SessionManager sessions;

	private final SubscriptionRegistry subscriptions;

	private final ClosedSessions closed;

	/**
	 * Create a part.
	 * @param sessions the sessions
	 * @param subscriptions their subscriptions
	 * @param closed those that have ended
	 */
	public SessionsPart(SessionManager sessions, SubscriptionRegistry subscriptions, ClosedSessions closed) {
		this.sessions = sessions;
		this.subscriptions = subscriptions;
		this.closed = closed;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Map<String, Object> summary() {
		return Map.of("open", this.sessions.count());
	}

	@Override
	public OperationResponseBody read(Disclosure disclosure) {
		List<Session> result = this.sessions.sessions()
			.stream()
			.sorted(Comparator.comparingLong(IrpcSession::id))
			.map((session) -> describe(session, disclosure))
			.toList();
		return new Sessions(result, this.closed.last().stream().map((one) -> describe(one, disclosure)).toList());
	}

	/**
	 * End a session. Its peer is sent away if it knows how to leave, and told the reason.
	 */
	@Override
	public OperationResponseBody remove(String id, @Nullable String reason) {
		long number = number(id);
		OperatorReason why = OperatorReason.of(reason);
		IrpcSession session = this.sessions
			.end(number, new IrpcException(ErrorCode.UNAVAILABLE, "An operator has ended this session: " + why))
			.orElseThrow(() -> new UnknownIdException("No session with the id " + number + " is open"));
		logger.info("An operator has ended " + session + ": " + LogSafe.text(why));
		return new Ended(number, why.text());
	}

	private static long number(String id) {
		try {
			return Long.parseLong(id);
		}
		catch (NumberFormatException ex) {
			throw IrpcEndpoint.invalid("id: " + IrpcEndpoint.quote(id) + " (expected: the number of a session)");
		}
	}

	private Session describe(IrpcSession session, Disclosure disclosure) {
		SessionFigures figures = session.figures();
		SessionUser user = session.user();
		Traffic traffic = figures.traffic();
		return new Session(session.id(),
				disclosure.show("sessions.user", (user != null) ? user.principal().getName() : null),
				disclosure.show("sessions.address", Addresses.text(session.remoteAddress())), session.isEncrypted(),
				Client.of(session.peer()), figures.opened().truncatedTo(ChronoUnit.MILLIS), figures.lastActivity(),
				new Commands(figures.runningCommands(), figures.parkedCommands()), Amount.received(traffic),
				Amount.sent(traffic), this.subscriptions.figures(session).stream().map(Subscription::of).toList());
	}

	private static ClosedSession describe(ClosedSessions.Closed session, Disclosure disclosure) {
		return new ClosedSession(session.id(), disclosure.show("sessions.user", session.user()),
				disclosure.show("sessions.address", session.address()), Client.of(session.peer()), session.since(),
				session.closed(), session.reason(), Amount.received(session.traffic()), Amount.sent(session.traffic()));
	}

	/**
	 * What is told of all sessions.
	 *
	 * @param sessions the open sessions, the oldest first
	 * @param closed those that have ended last, the last one first
	 */
	record Sessions(List<Session> sessions, List<ClosedSession> closed) implements OperationResponseBody {

	}

	/**
	 * What is told of a session.
	 *
	 * @param id its number, by which it is ended
	 * @param user its user, {@code null} for an anonymous session
	 * @param address the address of the peer, {@code null} if it has none
	 * @param encrypted whether it is ciphered by TLS
	 * @param client what the peer says of itself
	 * @param since when its connection was made
	 * @param lastActivity when the peer last sent more than a sign of life
	 * @param commands the commands of the peer that are not answered
	 * @param received what was received
	 * @param sent what was sent
	 * @param subscriptions its subscriptions
	 */
	record Session(long id, @Nullable String user, @Nullable String address, boolean encrypted, Client client,
			Instant since, Instant lastActivity, Commands commands, Amount received, Amount sent,
			List<Subscription> subscriptions) {

	}

	/**
	 * What is told of a session that has ended.
	 *
	 * @param id the number that it had
	 * @param user its user, {@code null} for an anonymous session
	 * @param address the address of the peer, {@code null} if it had none
	 * @param client what the peer has said of itself
	 * @param since when its connection was made
	 * @param closed when it ended
	 * @param reason why, in the words of the log
	 * @param received what was received
	 * @param sent what was sent
	 */
	record ClosedSession(long id, @Nullable String user, @Nullable String address, Client client, Instant since,
			Instant closed, String reason, Amount received, Amount sent) {

	}

	/**
	 * What a peer says of itself.
	 *
	 * @param name its name, {@code null} if it does not say
	 * @param version the version of its application, {@code null} if it does not say
	 * @param features the features beyond the base that both ends speak
	 */
	record Client(@Nullable String name, @Nullable String version, Set<String> features) {

		static Client of(PeerIdentity peer) {
			return new Client(peer.name().isEmpty() ? null : peer.name(), peer.release(),
					new TreeSet<>(peer.features()));
		}

	}

	/**
	 * Commands that are not answered.
	 *
	 * @param running how many run
	 * @param parked how many wait for others
	 */
	record Commands(int running, int parked) {

	}

	/**
	 * What has crossed the line in one direction.
	 *
	 * @param messages how many messages
	 * @param bytes how many bytes, as they are without TLS
	 */
	record Amount(long messages, long bytes) {

		static Amount received(Traffic traffic) {
			return new Amount(traffic.receivedMessages(), traffic.receivedBytes());
		}

		static Amount sent(Traffic traffic) {
			return new Amount(traffic.sentMessages(), traffic.sentBytes());
		}

	}

	/**
	 * What is told of a subscription.
	 *
	 * @param command the command that has made it
	 * @param name its name; for {@code monitor} the id of the command
	 * @param event the event
	 * @param state whether it is fed live or reads the journal
	 * @param durable whether the server remembers its cursor
	 * @param cursor up to where the journal is acknowledged or, without acknowledgements,
	 * sent
	 * @param lag how many entries of the journal are behind the cursor
	 * @param behind the age of the oldest event that is not acknowledged or sent,
	 * {@code null} before it is known
	 * @param deliveries how many events were sent
	 * @param acknowledgements how many of them were acknowledged
	 */
	record Subscription(String command, String name, String event, String state, boolean durable, String cursor,
			long lag, @Nullable Duration behind, long deliveries, long acknowledgements) {

		static Subscription of(SubscriptionFigures figures) {
			return new Subscription(figures.command(), figures.name(), figures.event(),
					figures.state().name().toLowerCase(Locale.ROOT), figures.durable(), figures.cursor().toString(),
					figures.lag(), figures.behind(), figures.deliveries(), figures.acknowledgements());
		}

	}

	/**
	 * What is told of a session that is ended.
	 *
	 * @param ended its number
	 * @param reason why
	 */
	record Ended(long ended, String reason) implements OperationResponseBody {

	}

}
