package io.irpc.session;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code identify}, by which two peers agree on features beyond the base
 * (protocol §6).
 *
 * @since 0.1.0
 */
public final class IdentifyHandler implements CommandHandler {

	static final String COMMAND = "identify";

	/**
	 * The features that this version speaks.
	 */
	public static final List<String> FEATURES = List.of(PeerIdentity.ERRORS, PeerIdentity.DEADLINE, PeerIdentity.CANCEL,
			PeerIdentity.ONEWAY, PeerIdentity.STREAM, PeerIdentity.TRACE, PeerIdentity.GOAWAY, PeerIdentity.OUTCOME,
			PeerIdentity.KEEPALIVE);

	/**
	 * The version of the protocol that this project speaks.
	 */
	public static final String VERSION = "1.1";

	/**
	 * The name of the argument with the version of the application.
	 */
	static final String RELEASE = "release";

	private static final List<String> PARAMETERS = List.of("name", "version", "features", KeepAlive.NAME, RELEASE);

	private static final int MAX_NAME_LENGTH = 64;

	private static final int MAX_ARGUMENT_LENGTH = 4096;

	private final PayloadConverter converter;

	/**
	 * Create a handler.
	 * @param converter converts the arguments
	 */
	public IdentifyHandler(PayloadConverter converter) {
		this.converter = converter;
	}

	@Override
	public String command() {
		return COMMAND;
	}

	@Override
	public Object handle(Invocation invocation) {
		BoundArguments arguments = BoundArguments.bind(invocation.command().arguments(), PARAMETERS);
		String name = read(arguments.get(0), "name", String.class, this.converter);
		Set<String> features = common(arguments, this.converter);
		IrpcSession session = invocation.session();
		String token = features.contains(PeerIdentity.OUTCOME) ? session.rememberOutcomes() : null;
		if (token == null) {
			features.remove(PeerIdentity.OUTCOME);
		}
		String release = read(arguments.get(4), RELEASE, String.class, this.converter);
		session.identify(new PeerIdentity(printable((name != null) ? name : ""),
				(release != null) ? printable(release) : null, Set.copyOf(features), null, null));
		SessionOptions options = session.options();
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("name", options.name());
		answer.put("version", VERSION);
		answer.put("features", features);
		answer.put("maxMessage", options.maxMessageLength());
		answer.put("maxInFlight", options.maxRunningCommands());
		Duration keepAlive = features.contains(PeerIdentity.KEEPALIVE)
				? KeepAlive.of(read(arguments.get(3), KeepAlive.NAME, Integer.class, this.converter)) : null;
		if (keepAlive != null) {
			session.setKeepAlive(keepAlive);
			answer.put(KeepAlive.NAME, keepAlive.toSeconds());
		}
		if (token != null) {
			answer.put("session", token);
		}
		return answer;
	}

	@Override
	public Place runsOn(Command command) {
		return Place.ALWAYS_ADMITTED;
	}

	/**
	 * Return what a peer and this end have in common, without a session.
	 * @param command any command
	 * @param converter converts its arguments
	 * @return the features, none if the command is another one or cannot be read
	 */
	static Set<String> offered(Command command, PayloadConverter converter) {
		try {
			return COMMAND.equals(command.name())
					? common(BoundArguments.bind(command.arguments(), PARAMETERS), converter) : Set.of();
		}
		catch (IrpcException ex) {
			return Set.of();
		}
	}

	private static Set<String> common(BoundArguments arguments, PayloadConverter converter) {
		@Nullable String[] offered = read(arguments.get(2), "features", String[].class, converter);
		Set<String> features = new TreeSet<>(FEATURES);
		features.retainAll((offered != null) ? Arrays.asList(offered) : List.of());
		return features;
	}

	private static <T> @Nullable T read(@Nullable Payload value, String name, Class<T> type,
			PayloadConverter converter) {
		if (value != null && value.length() > MAX_ARGUMENT_LENGTH) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT,
					"Argument " + name + ": too long (expected: <= " + MAX_ARGUMENT_LENGTH + " bytes)");
		}
		try {
			return (value != null) ? converter.<T>read(value, type) : null;
		}
		catch (PayloadException ex) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + name + ": " + ex.getMessage(), ex);
		}
	}

	static String printable(String name) {
		StringBuilder result = new StringBuilder();
		name.codePoints()
			.filter((c) -> (c > ' ' && c < 0x7F) || Character.isLetterOrDigit(c))
			.limit(MAX_NAME_LENGTH)
			.forEach(result::appendCodePoint);
		return result.toString();
	}

}
