package io.irpc.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.irpc.call.CommandLength;
import io.irpc.call.IrpcClientException;
import io.irpc.call.RemoteCallException;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.ResponseListener;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * A {@code callback} on one session, or a {@code monitor} where the server knows nothing
 * else (protocol §5.2). Confined to the event loop of the session.
 */
final class CallbackPart implements SessionPart {

	private static final int MAX_ANSWER_LENGTH = 4096;

	private final IrpcSession session;

	private final Activation activation;

	private final CallbackSource<?> source;

	private final DefaultIrpcClient client;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final AtomicInteger unanswered = new AtomicInteger();

	private @Nullable MonitorPart monitor;

	private volatile boolean accepted;

	private boolean ending;

	private volatile boolean overrun;

	private int window;

	CallbackPart(IrpcSession session, Activation activation, CallbackSource<?> source, DefaultIrpcClient client) {
		this.session = session;
		this.activation = activation;
		this.source = source;
		this.client = client;
		this.window = source.request().window();
	}

	@Override
	public void start() {
		Command command = this.source.request().add(this.source.acknowledgements().resume(), this.client.converter());
		try {
			CommandLength.check(command, this.session);
			this.session.pending().send(command, new AddListener());
		}
		catch (IrpcClientException ex) {
			this.ended.complete(null);
			this.activation.execute(() -> this.activation.refuse(ex));
		}
	}

	@Override
	public CompletableFuture<Void> end() {
		this.session.eventLoop().execute(() -> {
			this.ending = true;
			endIfAccepted();
		});
		return this.ended.copy();
	}

	@Override
	public boolean isReplayable() {
		return this.accepted;
	}

	/**
	 * Take a firing.
	 * @param firing the command
	 * @param trace its trace, {@code null} for none
	 * @return completed when it is handled; not before the server has ended the
	 * subscription if it will not be, as the answer might pass for an acknowledgement
	 */
	CompletionStage<Void> fired(Command firing, @Nullable TraceParent trace) {
		String cursor = firing.internal("cursor");
		if (cursor == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "A firing needs cursor:CURSOR");
		}
		if (!this.accepted) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "The subscription has not been accepted");
		}
		if (this.overrun || this.unanswered.get() >= this.window) {
			this.overrun = true;
			beginAgainIfAnswered();
			throw new IrpcException(ErrorCode.RESOURCE_EXHAUSTED,
					"Too many firings are unanswered (expected: <= " + this.window + ")");
		}
		this.unanswered.incrementAndGet();
		CompletableFuture<Void> handled = (firing.internal("truncated") != null) ? this.source.takeGap(cursor)
				: this.source.take(cursor, trace, firing.arguments());
		return handled.whenComplete((nothing, ex) -> answered())
			.exceptionallyCompose((ex) -> this.ended.thenCompose((nothing) -> CompletableFuture.failedFuture(ex)));
	}

	private void answered() {
		if (this.unanswered.decrementAndGet() == 0 && this.overrun) {
			this.session.eventLoop().execute(this::beginAgainIfAnswered);
		}
	}

	// what was refused comes again
	private void beginAgainIfAnswered() {
		if (this.overrun && !this.ending && this.unanswered.get() == 0) {
			this.accepted = false;
			this.overrun = false;
			start();
		}
	}

	private void added(Payload answer) {
		Added added;
		try {
			// longer ones are not for the event loop
			added = (answer.length() <= MAX_ANSWER_LENGTH) ? this.client.converter().read(answer, Added.class) : null;
		}
		catch (PayloadException ex) {
			added = null;
		}
		if (added == null) {
			refuse(new IrpcClientException(ErrorCode.INTERNAL,
					"the answer of the server is not the expected: an object with a cursor", null));
			return;
		}
		if (added.window() > 0) {
			this.window = Math.min(this.window, added.window());
		}
		this.source.begun(added.cursor(), added.truncated());
		this.accepted = true;
		this.activation.succeed();
		endIfAccepted();
	}

	private void refused(Response response) {
		RemoteCallException failure = this.activation.failure(response);
		if (failure.code() == ErrorCode.UNKNOWN_COMMAND) {
			this.session.eventLoop().execute(this::monitor);
		}
		else {
			refuse(failure);
		}
	}

	private void refuse(IrpcClientException failure) {
		this.ended.complete(null);
		this.activation.execute(() -> this.activation.refuse(failure));
	}

	private void monitor() {
		if (this.ending) {
			this.ended.complete(null);
			return;
		}
		this.source.fallBack();
		this.monitor = new MonitorPart(this.session, this.activation, this.source);
		this.monitor.start();
	}

	private void endIfAccepted() {
		if (!this.ending) {
			return;
		}
		if (this.monitor != null) {
			this.monitor.end().thenRun(() -> this.ended.complete(null));
		}
		else if (this.accepted) {
			this.session.pending().send(this.source.request().end(), new EndListener());
		}
	}

	/**
	 * The answer to {@code add}.
	 *
	 * @param cursor the cursor before the first firing, {@code null} if it is missing
	 * @param truncated whether what was asked for is gone
	 * @param window how many firings may be unanswered; 0 if as many as were asked for
	 */
	record Added(@Nullable String cursor, boolean truncated, int window) {

	}

	private final class AddListener implements ResponseListener {

		@Override
		public boolean received(Response response) {
			if (response.type() == Response.Type.VALUE) {
				added(response.value());
			}
			else if (response.type() == Response.Type.EXCEPTION) {
				CallbackPart.this.activation.execute(() -> refused(response));
			}
			return response.isFinal();
		}

		@Override
		public void closed(String reason) {
			CallbackPart.this.ended.complete(null);
		}

	}

	private final class EndListener implements ResponseListener {

		@Override
		public boolean received(Response response) {
			// whatever it says: there is nothing to end any more
			CallbackPart.this.ended.complete(null);
			return response.isFinal();
		}

		@Override
		public void closed(String reason) {
			CallbackPart.this.ended.complete(null);
		}

	}

}
