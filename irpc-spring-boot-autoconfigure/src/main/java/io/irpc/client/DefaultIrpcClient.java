package io.irpc.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Grammar;
import io.irpc.protocol.MessageEncoder;
import io.irpc.protocol.Refusals;
import io.irpc.protocol.Response;
import io.irpc.session.CommandDispatcher;
import io.irpc.session.IdentifyHandler;
import io.irpc.session.IrpcSession;
import io.irpc.session.PendingCommands;
import io.irpc.session.PingHandler;
import io.irpc.session.WorkerPool;

/**
 * The client over one {@link ConnectionWatchdog}.
 *
 * @since 0.1.0
 */
public final class DefaultIrpcClient implements IrpcClient {

	private final IrpcClientSettings settings;

	private final PayloadConverter converter;

	private final WorkerPool workers;

	private final ConnectionWatchdog watchdog;

	private final ClientSubscriptions subscriptions = new ClientSubscriptions();

	private final IrpcClientListener listener;

	private volatile int maxMessageLength;

	/**
	 * Create a client that does not connect yet.
	 * @param settings what it needs to know
	 * @param converter converts arguments, values and events
	 * @param workers runs handlers of events and completes asynchronous calls; started
	 * now, stopped with the client
	 * @param listener told of what happens to the client, on a worker
	 */
	public DefaultIrpcClient(IrpcClientSettings settings, PayloadConverter converter, WorkerPool workers,
			IrpcClientListener listener) {
		this.settings = settings;
		this.converter = converter;
		this.workers = workers;
		this.listener = listener;
		this.maxMessageLength = settings.connection().maxMessageLength();
		CommandDispatcher dispatcher = new CommandDispatcher(
				List.of(new PingHandler(), new CallbackHandler(this.subscriptions)), List.of(), List.of(), converter,
				new Refusals(List.of()), workers);
		SerialExecutor states = new SerialExecutor(workers, "connection state");
		this.watchdog = new ConnectionWatchdog(settings, dispatcher,
				new ClientLogin(settings.credentials(), settings.name(), converter), new SessionStart(),
				(state) -> states.execute(() -> listener.stateChanged(this, state)));
		workers.start();
	}

	@Override
	public IrpcCall call(String function) {
		connect();
		return command(function, new Command("call", null, Map.of("fn", function), List.of()));
	}

	@Override
	public <T> EventSubscription listen(String event, Class<T> type, Consumer<? super T> handler) {
		SerialExecutor executor = new SerialExecutor(this.workers, "event " + event);
		ClientSubscription subscription = new ClientSubscription(
				new MonitorSource<>(event, this.converter.reader(type), handler, executor), this.converter, executor);
		this.subscriptions.add(subscription);
		connect();
		// if there is no session now, the next one will be told
		whenConnected(subscription::subscribe);
		return subscription;
	}

	@Override
	public EventSubscriptionSpec.Start subscribe(String name) {
		return new SubscriptionStart(name, this);
	}

	@Override
	public <T> T proxy(Class<T> serviceInterface) {
		return ServiceProxy.create(serviceInterface, this);
	}

	@Override
	public void connect() {
		this.watchdog.start();
	}

	@Override
	public ConnectionState state() {
		return this.watchdog.state();
	}

	@Override
	public void close() {
		this.subscriptions.close();
		this.watchdog.close();
		this.workers.stop();
	}

	PayloadConverter converter() {
		return this.converter;
	}

	Executor workers() {
		return this.workers;
	}

	IrpcClientListener listener() {
		return this.listener;
	}

	/**
	 * Begin a command that has one answer.
	 * @param target what it is about, for messages
	 * @param command the command
	 * @return the command, to be carried out
	 */
	DefaultIrpcCall command(String target, Command command) {
		return new DefaultIrpcCall(target, command, this, this.settings.timeout());
	}

	/**
	 * Begin a subscription by {@code callback}.
	 * @param source what to ask for, and what handles it
	 * @return the subscription
	 */
	EventSubscription subscribe(CallbackSource<?> source) {
		ClientSubscription subscription = new ClientSubscription(source, this.converter, this.workers);
		CompletableFuture<Void> free = this.subscriptions.add(subscription, source.request().name());
		connect();
		free.thenRun(() -> whenConnected(subscription::subscribe));
		return subscription;
	}

	/**
	 * Run something later, without blocking.
	 * @param task the task, which must not block
	 * @param delay when
	 */
	void schedule(Runnable task, Duration delay) {
		this.watchdog.schedule(task, delay);
	}

	/**
	 * Do something when there is a connection.
	 * @param action what to do, which must not block
	 * @return completed when it is done, or with a {@link NotConnectedException} or what
	 * the action has thrown
	 */
	CompletableFuture<Void> whenConnected(Consumer<IrpcSession> action) {
		return this.watchdog.session().thenAccept(action);
	}

	/**
	 * Check that the server will accept a command.
	 * @param command the command
	 * @throws IrpcClientException if it is too long
	 */
	void checkLength(Command command) {
		int length = MessageEncoder.measure(command) + Grammar.MAX_ID_LENGTH;
		if (length > this.maxMessageLength) {
			throw new IrpcClientException(ErrorCode.RESOURCE_EXHAUSTED, "The command is too long: " + length
					+ " bytes (the server accepts <= " + this.maxMessageLength + ")", null);
		}
	}

	private void identified(Response response) {
		if (response.type() == Response.Type.VALUE) {
			Identity identity = this.converter.read(response.value(), Identity.class);
			if (identity != null && identity.maxMessage() > 0) {
				this.maxMessageLength = identity.maxMessage();
			}
		}
	}

	/**
	 * What a client wants to know of the answer to {@code identify}.
	 *
	 * @param maxMessage the longest line that the server accepts; 0 if it does not say
	 */
	record Identity(int maxMessage) {

	}

	/**
	 * What is sent on each session before calls are. Answers come in their own time, so
	 * that a bad line costs no round trip more than it must.
	 */
	private final class SessionStart implements SessionSetup, PendingCommands.ResponseListener {

		@Override
		public void opened(IrpcSession session) {
			session.pending()
				.send(new Command("identify", null, Map.of(),
						List.of(argument("name", DefaultIrpcClient.this.settings.name()),
								argument("version", IdentifyHandler.VERSION),
								argument("features", IdentifyHandler.FEATURES))),
						this);
		}

		@Override
		public void loggedIn(IrpcSession session) {
			DefaultIrpcClient.this.subscriptions.subscribe(session);
		}

		@Override
		public boolean received(Response response) {
			// a base peer answers with an error, which is fine: nothing beyond the base
			// is sent
			DefaultIrpcClient.this.watchdog.confirm();
			DefaultIrpcClient.this.workers.execute(() -> identified(response));
			return response.isFinal();
		}

		@Override
		public void closed(String reason) {
		}

		private Argument argument(String name, Object value) {
			return new Argument(name, DefaultIrpcClient.this.converter.write(value));
		}

	}

}
