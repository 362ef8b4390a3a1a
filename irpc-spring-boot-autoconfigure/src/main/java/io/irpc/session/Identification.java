package io.irpc.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * The sender's side of {@code identify} (protocol §6).
 *
 * @since 0.1.0
 */
public final class Identification {

	private final PayloadConverter converter;

	private final Command command;

	/**
	 * Create the side of one end.
	 * @param name the name that it tells the peer
	 * @param release the version of the application that it tells the peer, {@code null}
	 * for none
	 * @param keepAlive the time between pings to ask the peer for, {@code null} to leave
	 * it to the peers
	 * @param converter converts the arguments and the answer
	 */
	public Identification(String name, @Nullable String release, @Nullable Duration keepAlive,
			PayloadConverter converter) {
		this.converter = converter;
		List<Argument> arguments = new ArrayList<>(List.of(argument("name", name),
				argument("version", IdentifyHandler.VERSION), argument("features", IdentifyHandler.FEATURES)));
		if (keepAlive != null) {
			arguments.add(argument(KeepAlive.NAME, keepAlive.toSeconds()));
		}
		if (release != null) {
			arguments.add(argument(IdentifyHandler.RELEASE, release));
		}
		this.command = new Command(IdentifyHandler.COMMAND, null, Map.of(), List.copyOf(arguments));
	}

	/**
	 * Return the command to send.
	 * @return the command, without an id
	 */
	public Command command() {
		return this.command;
	}

	/**
	 * Let a session know its peer. Not called on an event loop.
	 * @param session the session
	 * @param response the final response of the peer, which may not know the command
	 */
	public void apply(IrpcSession session, Response response) {
		Answer answer = (response.type() == Response.Type.VALUE) ? answer(response) : null;
		if (answer == null) {
			return;
		}
		Set<String> features = new HashSet<>(IdentifyHandler.FEATURES);
		features.retainAll((answer.features() != null) ? answer.features() : Set.of());
		Integer maxMessage = answer.maxMessage();
		Duration keepAlive = KeepAlive.of(answer.keepAlive());
		if (keepAlive != null && features.contains(PeerIdentity.KEEPALIVE)) {
			session.setKeepAlive(keepAlive);
		}
		session.identify(new PeerIdentity(IdentifyHandler.printable(String.valueOf(answer.name())), null,
				Set.copyOf(features), (maxMessage != null && maxMessage > 0) ? maxMessage : null,
				features.contains(PeerIdentity.OUTCOME) ? answer.session() : null));
	}

	private @Nullable Answer answer(Response response) {
		try {
			return this.converter.read(response.value(), Answer.class);
		}
		catch (PayloadException ex) {
			return null;
		}
	}

	private Argument argument(String name, Object value) {
		return new Argument(name, this.converter.write(value));
	}

	/**
	 * The answer on the wire.
	 *
	 * @param name the name of the peer
	 * @param features what both ends speak
	 * @param maxMessage length in bytes of the longest line that the peer accepts
	 * @param session what the peer calls the session when it is asked for outcomes
	 * @param keepAlive the seconds between pings that hold
	 */
	record Answer(@Nullable String name, @Nullable Set<String> features, @Nullable Integer maxMessage,
			@Nullable String session, @Nullable Integer keepAlive) {

	}

}
