package io.irpc.client;

import java.time.Duration;
import java.util.Map;

import io.irpc.call.NotConnectedException;
import io.irpc.call.RemoteCallException;
import io.irpc.protocol.Command;
import io.irpc.session.GoAway;
import org.jspecify.annotations.Nullable;

/**
 * When the server wants to see the client again, as it goes away or has too many sessions
 * (protocol §6). No server can send a client away for long.
 */
final class RetryAdvice {

	/**
	 * When to connect again if a server that goes away does not say.
	 */
	private static final Duration DEFAULT = Duration.ofSeconds(1);

	private static final Duration MAX = Duration.ofMinutes(5);

	private RetryAdvice() {
	}

	/**
	 * Read the advice of {@code goaway}.
	 * @param goaway the command
	 * @return the time to wait
	 */
	static Duration of(Command goaway) {
		String retry = goaway.internal(GoAway.RETRY);
		try {
			return (retry != null) ? bounded(Long.parseLong(retry), DEFAULT) : DEFAULT;
		}
		catch (NumberFormatException ex) {
			return DEFAULT;
		}
	}

	/**
	 * Read the advice of the servers that have refused to open a session.
	 * @param failure why there is no connection
	 * @return the longest time to wait, zero if none has said
	 */
	static Duration of(NotConnectedException failure) {
		Duration longest = of(failure.getCause());
		for (Throwable other : failure.getSuppressed()) {
			Duration advice = of(other);
			longest = (advice.compareTo(longest) > 0) ? advice : longest;
		}
		return longest;
	}

	private static Duration of(@Nullable Throwable failure) {
		if (failure instanceof RemoteCallException refusal && refusal.details() instanceof Map<?, ?> details
				&& details.get(GoAway.RETRY) instanceof Number retry) {
			return bounded(retry.longValue(), Duration.ZERO);
		}
		return Duration.ZERO;
	}

	private static Duration bounded(long millis, Duration otherwise) {
		Duration asked = Duration.ofMillis(millis);
		return (asked.isNegative() || asked.compareTo(MAX) > 0) ? otherwise : asked;
	}

}
