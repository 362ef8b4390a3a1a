package io.irpc.session;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.LimitException;
import io.irpc.protocol.Refusals;
import io.irpc.protocol.Response;
import io.micrometer.context.ContextSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Takes a command through interceptors to its handler and makes the one final response of
 * what comes back (protocol §2). Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class CommandDispatcher {

	private final Map<String, CommandHandler> handlers = new HashMap<>();

	private final InvocationInterceptor.Chain chain;

	private final CommandObserver observer;

	private final PayloadConverter converter;

	private final ErrorResponses errors;

	private final WorkerPool workers;

	/**
	 * Create a dispatcher.
	 * @param handlers the handlers, one for each command name
	 * @param interceptors what surrounds every command, the first one outermost
	 * @param observer sees every command, outside of all interceptors
	 * @param resolvers map exceptions to errors
	 * @param converter converts values to JSON
	 * @param refusals counts the limits exceeded
	 * @param workers run commands that may block
	 */
	public CommandDispatcher(List<CommandHandler> handlers, List<InvocationInterceptor> interceptors,
			CommandObserver observer, List<ErrorResponseResolver> resolvers, PayloadConverter converter,
			Refusals refusals, WorkerPool workers) {
		for (CommandHandler handler : handlers) {
			CommandHandler other = this.handlers.put(handler.command(), handler);
			if (other != null) {
				throw new IllegalStateException(
						"Two handlers of the command " + handler.command() + ": " + other + " and " + handler);
			}
		}
		InvocationInterceptor.Chain assembled = this::handle;
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			InvocationInterceptor interceptor = interceptors.get(i);
			InvocationInterceptor.Chain next = assembled;
			assembled = (invocation) -> interceptor.intercept(invocation, next);
		}
		this.chain = assembled;
		this.observer = observer;
		this.converter = converter;
		this.errors = new ErrorResponses(converter, resolvers, refusals);
		this.workers = workers;
	}

	PayloadConverter converter() {
		return this.converter;
	}

	CommandHandler.Place place(Command command) {
		CommandHandler handler = this.handlers.get(command.name());
		return (handler != null) ? handler.runsOn(command) : CommandHandler.Place.EVENT_LOOP;
	}

	ObservedCommand observe(Invocation invocation) {
		return this.observer.received(invocation, this.handlers.get(invocation.command().name()));
	}

	/**
	 * Run a command where it may block.
	 * @param task the command
	 * @param completion given what makes the final response, on any thread
	 */
	void execute(CommandTask task, Completion completion) {
		Invocation invocation = task.invocation();
		try {
			this.workers.execute(invocation.session(), () -> run(task, completion));
		}
		catch (RuntimeException ex) {
			completion.complete(task, () -> notStarted(invocation, ex));
		}
	}

	private Response notStarted(Invocation invocation, @Nullable Throwable cause) {
		return refusal(new IrpcException(ErrorCode.UNAVAILABLE, "Shutting down", NotStarted.DETAILS, cause),
				invocation);
	}

	/**
	 * Run a command on this thread, unless nobody waits for it any more.
	 * @param task the command
	 * @param completion given what makes the final response, on any thread
	 */
	void run(CommandTask task, Completion completion) {
		Invocation invocation = task.invocation();
		if (!task.begin()) {
			completion.complete(task, () -> notStarted(invocation, null));
			return;
		}
		Invocation outer = invocation.enter();
		Object result = null;
		Throwable failure = null;
		try (ObservedCommand.Scope scope = task.observed().open()) {
			result = this.chain.proceed(invocation);
		}
		catch (Throwable ex) {
			failure = ex;
		}
		finally {
			Invocation.leave(outer);
			task.leaveThread();
		}
		finish(result, failure, task, completion);
	}

	private void finish(@Nullable Object result, @Nullable Throwable failure, CommandTask task, Completion completion) {
		ResultKind kind = ResultKind.of(result);
		if (failure != null) {
			completion.complete(task, () -> failed(failure, task));
		}
		else if (result == null || kind == ResultKind.VALUE) {
			completion.complete(task, () -> response(result, task));
		}
		else if (kind == ResultKind.STAGE) {
			await((CompletionStage<?>) result, task, completion);
		}
		else {
			stream((Flow.Publisher<?>) result, task, completion);
		}
	}

	// within the observation, so that the log tells the trace of what it tells the
	// reference of
	private Response failed(Throwable failure, CommandTask task) {
		try (ObservedCommand.Scope scope = task.observed().open()) {
			return this.errors.of(failure, task.invocation());
		}
	}

	private void await(CompletionStage<?> stage, CommandTask task, Completion completion) {
		if (stage instanceof CompletableFuture<?> future) {
			task.onCancel(() -> future.cancel(true));
		}
		// whoever completes the stage may be an event loop, and JSON is not for that
		Executor completer = (task.place() != CommandHandler.Place.ALWAYS_ADMITTED) ? this.workers : Runnable::run;
		stage.whenComplete((value, ex) -> complete(
				() -> completion.complete(task, () -> (ex != null) ? failed(ex, task) : response(value, task)),
				completer));
	}

	private void stream(Flow.Publisher<?> publisher, CommandTask task, Completion completion) {
		Invocation invocation = task.invocation();
		StreamElements elements = invocation.session().peer().supports(PeerIdentity.STREAM)
				? new SentElements(task, this.converter) : new CollectedElements(invocation, this.converter);
		ContextSnapshot context = invocation.context();
		StreamResponse stream = new StreamResponse(elements, context.wrapExecutor(this.workers), (failure) -> completion
			.complete(task, () -> (failure != null) ? failed(failure, task) : elements.end()));
		task.stream(stream);
		try (ContextSnapshot.Scope scope = context.setThreadLocals()) {
			publisher.subscribe(stream);
		}
		catch (RuntimeException | Error ex) {
			// whatever a publisher of the application throws: the command must be
			// answered
			stream.onError(ex);
		}
	}

	/**
	 * Give up the commands of a closed session that wait for a thread.
	 * @param session the session
	 */
	void forget(IrpcSession session) {
		this.workers.takeBack(session).forEach((task) -> task.action().run());
	}

	/**
	 * Make the response to a command that is not run to its end.
	 * @param error why not
	 * @param invocation the command
	 * @return the response
	 */
	Response refusal(IrpcException error, Invocation invocation) {
		return this.errors.of(error, invocation);
	}

	/**
	 * Make the response to what is no command of its own, such as the end of a session.
	 * @param error why
	 * @param session the session
	 * @param responseId the id that the response carries
	 * @return the response
	 */
	Response refusal(IrpcException error, IrpcSession session, String responseId) {
		return this.errors.of(error, session, responseId);
	}

	/**
	 * Make what a peer is told that gets no session.
	 * @param error why not
	 * @return the response, which every peer understands
	 */
	Response refusal(IrpcException error) {
		return this.errors.of(error, Set.of(), "");
	}

	/**
	 * Answer the first command of a peer that gets no session.
	 * @param error why not
	 * @param command the command, which may say what the peer understands
	 * @param completion given the response, on any thread
	 */
	void refuse(IrpcException error, Command command, Consumer<Response> completion) {
		complete(() -> completion.accept(this.errors.of(error, IdentifyHandler.offered(command, this.converter),
				(command.id() != null) ? command.id() : "")), this.workers);
	}

	void count(LimitException refusal, Object peer) {
		this.errors.count(refusal, peer);
	}

	private static void complete(Runnable task, Executor completer) {
		try {
			completer.execute(task);
		}
		catch (RuntimeException ex) {
			task.run();
		}
	}

	private @Nullable Object handle(Invocation invocation) throws Exception {
		CommandHandler handler = this.handlers.get(invocation.command().name());
		if (handler == null) {
			throw new IrpcException(ErrorCode.UNKNOWN_COMMAND,
					"Error. " + invocation.command().name() + " not registered.");
		}
		Object result = handler.handle(invocation);
		if (ResultKind.of(result) == ResultKind.ELEMENTS) {
			// here, as interceptors take away what they have put there
			invocation.keepContext();
		}
		return result;
	}

	private Response response(@Nullable Object value, CommandTask task) {
		Invocation invocation = task.invocation();
		try {
			return AnswerLength.checked(
					Response.value(invocation.responseId(),
							this.converter.write(value, SessionUser.authoritiesOf(invocation.user()))),
					invocation.session());
		}
		catch (RuntimeException | Error ex) {
			// whatever the getters of a value throw: the command must be answered
			return failed(ex, task);
		}
	}

	/**
	 * Takes commands back that have run. Called on any thread.
	 */
	interface Completion {

		/**
		 * A command has run.
		 * @param task the command
		 * @param answer makes its answer, if it is still wanted
		 */
		void complete(CommandTask task, Supplier<Response> answer);

	}

}
