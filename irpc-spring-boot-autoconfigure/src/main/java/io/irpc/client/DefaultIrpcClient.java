package io.irpc.client;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
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

	private final List<MonitorSubscription<?>> subscriptions = new CopyOnWriteArrayList<>();

	private volatile int maxMessageLength;

	/**
	 * Create a client that does not connect yet.
	 * @param settings what it needs to know
	 * @param converter converts arguments, values and events
	 * @param workers runs handlers of events and completes asynchronous calls; started
	 * now, stopped with the client
	 * @param stateListener told of each change of the state, in order, on a worker
	 */
	public DefaultIrpcClient(IrpcClientSettings settings, PayloadConverter converter, WorkerPool workers,
			BiConsumer<IrpcClient, ConnectionState> stateListener) {
		this.settings = settings;
		this.converter = converter;
		this.workers = workers;
		this.maxMessageLength = settings.connection().maxMessageLength();
		CommandDispatcher dispatcher = new CommandDispatcher(List.of(new PingHandler()), List.of(), List.of(),
				converter, new Refusals(List.of()), workers);
		SerialExecutor states = new SerialExecutor(workers, "connection state");
		this.watchdog = new ConnectionWatchdog(settings, dispatcher,
				new ClientLogin(settings.credentials(), settings.name(), converter), new SessionStart(),
				(state) -> states.execute(() -> stateListener.accept(this, state)));
		workers.start();
	}

	@Override
	public IrpcCall call(String function) {
		connect();
		return new DefaultIrpcCall(function, this, this.settings.timeout());
	}

	@Override
	public <T> EventSubscription listen(String event, Class<T> type, Consumer<? super T> handler) {
		MonitorSubscription<T> subscription = new MonitorSubscription<>(event, this.converter.reader(type), handler,
				this.converter, this.workers, this.subscriptions::remove);
		this.subscriptions.add(subscription);
		connect();
		// if there is no session now, the next one will be told
		whenConnected(subscription::subscribe);
		return subscription;
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
		this.watchdog.close();
		this.workers.stop();
	}

	PayloadConverter converter() {
		return this.converter;
	}

	Executor workers() {
		return this.workers;
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
			DefaultIrpcClient.this.subscriptions.forEach((subscription) -> subscription.subscribe(session));
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
