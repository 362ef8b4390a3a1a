package io.irpc.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

import io.irpc.payload.PayloadReader;
import io.irpc.protocol.Command;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A call whose value is read as a stream, made for each subscriber (protocol §7).
 *
 * @param call what is called
 * @param channel what it is sent over
 * @param deadline until when the stream may last
 * @param reader reads an element
 * @param listReader reads a list of elements, from a peer that knows no streams
 * @param <T> the type of the elements
 */
record StreamCommand<T>(DefaultIrpcCall call, CallChannel channel, CallDeadline deadline, PayloadReader<T> reader,
		PayloadReader<List<T>> listReader) implements Flow.Publisher<T> {

	private static final String CREDIT = "credit";

	@Override
	public void subscribe(Flow.Subscriber<? super T> subscriber) {
		subscriber.onSubscribe(new StreamExecution<>(this, this.channel, subscriber));
	}

	String target() {
		return this.call.target();
	}

	/**
	 * Return the command to send.
	 * @param credit how many elements are wanted at first
	 * @param session the session to send it on
	 * @return the command
	 */
	Command command(int credit, IrpcSession session) {
		Command command = this.call.command();
		if (credit == SentCommand.DEFAULT_CREDIT || !session.peer().supports(PeerIdentity.STREAM)) {
			return command;
		}
		Map<String, String> internals = new LinkedHashMap<>(command.internals());
		internals.put(CREDIT, Integer.toString(credit));
		return new Command(command.name(), null, internals, command.arguments());
	}

	RuntimeException failure(Throwable failure) {
		return this.call.failure(failure);
	}

	IrpcClientException unreadable(@Nullable String reason, @Nullable Throwable cause) {
		return this.call.unreadable(reason, cause);
	}

}
