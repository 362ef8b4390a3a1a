package io.irpc.call;

import java.util.List;
import java.util.Map;

import io.irpc.protocol.Command;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;
import io.irpc.session.ResponseListener;

/**
 * A command that a peer was sent and may still work on.
 *
 * @param session the session that it was sent on
 * @param id its id there
 * @param listener told of its responses
 */
record SentCommand(IrpcSession session, String id, ResponseListener listener) {

	/**
	 * Tell the peer that nobody waits for the answer (protocol §6, feature
	 * {@code cancel}).
	 */
	void cancel() {
		if (this.session.peer().supports(PeerIdentity.CANCEL)) {
			sendAbout("cancel", Map.of("id", this.id));
		}
	}

	/**
	 * Ask for more elements of a stream (protocol §7).
	 * @param n how many more
	 */
	void request(int n) {
		sendAbout("request", Map.of("id", this.id, "n", Integer.toString(n)));
	}

	private void sendAbout(String command, Map<String, String> internals) {
		this.session.pending().sendAbout(this.id, this.listener, new Command(command, null, internals, List.of()));
	}

}
