package io.irpc.call;

import java.util.LinkedHashMap;
import java.util.Map;

import io.irpc.protocol.Command;
import io.irpc.session.Directives;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;
import io.irpc.session.ResponseListener;

/**
 * Sends calls whose outcome nobody wants to know (protocol §6, feature {@code oneway}).
 */
final class OnewayCall {

	private OnewayCall() {
	}

	/**
	 * Send a call. A peer that does not know the feature answers, which is ignored.
	 * @param command the call
	 * @param session the session to send it on
	 */
	static void send(Command command, IrpcSession session) {
		if (!session.peer().supports(PeerIdentity.ONEWAY)) {
			session.pending().send(command, ResponseListener.UNHEARD);
			return;
		}
		Map<String, String> internals = new LinkedHashMap<>(command.internals());
		internals.put(Directives.REPLY, Directives.NO_REPLY);
		session.pending().sendOneway(new Command(command.name(), null, internals, command.arguments()));
	}

}
