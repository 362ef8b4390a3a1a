package io.irpc.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.PayloadReader;
import io.irpc.protocol.Command;
import io.irpc.session.Directives;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;

/**
 * A call whose value is read as a stream by one subscriber (protocol §7).
 *
 * @param call the call
 * @param deadline until when the stream may last
 * @param failures tells why it has failed
 * @param reader reads an element
 * @param listReader reads a list of elements, from a peer that knows no streams
 * @param <T> the type of the elements
 */
record StreamCommand<T>(Command call, CallDeadline deadline, CallFailures failures, PayloadReader<T> reader,
		PayloadReader<List<T>> listReader) {

	/**
	 * Return the command to send.
	 * @param credit how many elements are wanted at first
	 * @param session the session to send it on
	 * @return the command
	 */
	Command toSend(int credit, IrpcSession session) {
		Command told = this.deadline.addTo(this.call, session);
		if (credit == Directives.DEFAULT_CREDIT || !session.peer().supports(PeerIdentity.STREAM)) {
			return told;
		}
		Map<String, String> internals = new LinkedHashMap<>(told.internals());
		internals.put(Directives.CREDIT, Integer.toString(credit));
		return new Command(told.name(), null, internals, told.arguments());
	}

}
