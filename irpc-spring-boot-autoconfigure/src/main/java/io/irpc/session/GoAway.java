package io.irpc.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.irpc.protocol.Command;
import io.irpc.protocol.Response;

/**
 * Asks a peer to send nothing more and to connect again later (protocol §6, feature
 * {@code goaway}). What it sends before its answer is carried out, so that no command is
 * lost.
 *
 * @since 0.1.0
 */
public final class GoAway {

	/**
	 * The name of the command.
	 */
	public static final String COMMAND = "goaway";

	/**
	 * The parameter with the milliseconds after which the peer may connect again.
	 */
	public static final String RETRY = "retry";

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private GoAway() {
	}

	/**
	 * Tell the peer, if it knows the command.
	 * @param session the session
	 * @param reason why
	 * @param retry when it may connect again
	 * @return completed when nothing more is to be expected
	 */
	static CompletableFuture<Void> send(IrpcSession session, Reason reason, Duration retry) {
		CompletableFuture<Void> known = new CompletableFuture<>();
		if (!session.peer().supports(PeerIdentity.GOAWAY)) {
			known.complete(null);
			return known;
		}
		Map<String, String> internals = new LinkedHashMap<>();
		internals.put("reason", reason.text);
		internals.put(RETRY, Long.toString(retry.toMillis()));
		session.pending().send(new Command(COMMAND, null, internals, List.of()), new ResponseListener() {

			@Override
			public boolean received(Response response) {
				known.complete(null);
				return response.isFinal();
			}

			@Override
			public void closed(String reason) {
				known.complete(null);
			}

		});
		return known.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Why a peer is sent away.
	 */
	enum Reason {

		/**
		 * The server takes no more commands of anybody.
		 */
		SHUTDOWN("shutdown"),

		/**
		 * This session alone is ended.
		 */
		ENDED("ended");

		private final String text;

		Reason(String text) {
			this.text = text;
		}

	}

}
