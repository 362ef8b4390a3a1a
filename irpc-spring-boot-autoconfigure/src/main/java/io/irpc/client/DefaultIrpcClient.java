package io.irpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.irpc.call.CallChannel;
import io.irpc.call.Completion;
import io.irpc.call.DefaultIrpcCaller;
import io.irpc.call.Interception;
import io.irpc.call.IrpcCall;
import io.irpc.call.LostCalls;
import io.irpc.call.NotConnectedException;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Command;
import io.irpc.protocol.Refusals;
import io.irpc.session.CancelHandler;
import io.irpc.session.CommandDispatcher;
import io.irpc.session.CommandHandler;
import io.irpc.session.CommandObserver;
import io.irpc.session.Identification;
import io.irpc.session.IrpcSession;
import io.irpc.session.PingHandler;
import io.irpc.session.RequestHandler;
import io.irpc.session.WorkerPool;
import org.jspecify.annotations.Nullable;

/**
 * The client over one {@link ConnectionWatchdog}.
 */
final class DefaultIrpcClient implements IrpcClient {

	private static final int DISCONNECT_TIMEOUT = 6;

	private final IrpcClientSettings settings;

	private final PayloadConverter converter;

	private final WorkerPool workers;

	private final ConnectionWatchdog watchdog;

	private final ClientSubscriptions subscriptions = new ClientSubscriptions();

	private final IrpcClientListener listener;

	private final Interception interception;

	private final EventObserver eventObserver;

	private final DefaultIrpcCaller caller;

	private final LostCalls lostCalls;

	/**
	 * Create a client that does not connect yet.
	 * @param settings what it needs to know
	 * @param converter converts arguments, values and events
	 * @param workers runs handlers of events and completes asynchronous calls; started
	 * now, stopped with the client
	 * @param listener told of what happens to the client, on a worker
	 * @param services what it publishes, {@code null} for nothing
	 * @param interception who surrounds its calls
	 * @param observers see what it does, {@code null} for none
	 */
	DefaultIrpcClient(IrpcClientSettings settings, PayloadConverter converter, WorkerPool workers,
			IrpcClientListener listener, @Nullable ClientServices services, Interception interception,
			@Nullable ClientObservers observers) {
		this.settings = settings;
		this.converter = converter;
		this.workers = workers;
		this.listener = listener;
		this.interception = interception;
		this.eventObserver = (observers != null) ? observers.events() : EventObserver.NONE;
		this.caller = new DefaultIrpcCaller(new Channel());
		CommandDispatcher dispatcher = new CommandDispatcher(handlers(services), List.of(),
				(observers != null) ? observers.commands() : CommandObserver.NONE, List.of(), converter,
				new Refusals(List.of()), workers);
		SerialExecutor states = new SerialExecutor(workers, "connection state");
		this.lostCalls = new LostCalls(converter, workers, this::session, this::isConnecting);
		SessionStart start = new SessionStart(
				new Identification(settings.name(), settings.release(), settings.keepAlive(), converter), converter,
				this.subscriptions, this.lostCalls);
		this.watchdog = new ConnectionWatchdog(settings, converter, dispatcher, start,
				(connection) -> states.execute(() -> listener.stateChanged(this, connection)));
		workers.start();
	}

	private List<CommandHandler> handlers(@Nullable ClientServices services) {
		List<CommandHandler> handlers = new ArrayList<>(List.of(new PingHandler(), new CancelHandler(),
				new RequestHandler(), new CallbackHandler(this.subscriptions), new GoAwayHandler(this::leave)));
		if (services != null) {
			handlers.addAll(services.handlers());
		}
		return handlers;
	}

	private void leave(IrpcSession session, Duration retry) {
		this.watchdog.leave(session, retry);
	}

	private CompletableFuture<IrpcSession> session() {
		return this.watchdog.session();
	}

	private boolean isConnecting() {
		return this.watchdog.isConnecting();
	}

	@Override
	public IrpcCall call(String function) {
		return this.caller.call(function);
	}

	@Override
	public <T> EventSubscription listen(String event, Class<T> type, Consumer<? super T> handler) {
		SerialExecutor executor = new SerialExecutor(this.workers, "event " + event);
		ReceivedEvent received = new ReceivedEvent(qualifier(), event, event, null, null);
		Consumer<T> observed = (value) -> this.eventObserver.handle(received, () -> handler.accept(value));
		ClientSubscription subscription = new ClientSubscription(
				new MonitorSource<>(event, this.converter.reader(type), observed, executor), this.converter, executor);
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
		return this.caller.proxy(serviceInterface);
	}

	@Override
	public CompletableFuture<Void> connect() {
		return this.watchdog.start().thenAcceptAsync((session) -> {
		}, this.workers);
	}

	@Override
	public ConnectionState state() {
		return connection().state();
	}

	@Override
	public ConnectionInfo connection() {
		return this.watchdog.info();
	}

	@Override
	public ClientFigures figures() {
		return this.watchdog.figures(this.interception.client());
	}

	@Override
	public void disconnect() {
		CompletableFuture<Void> ended = this.watchdog.disconnect().thenRun(this.lostCalls::abandon);
		if (WorkerPool.mayWait()) {
			ended.completeOnTimeout(null, DISCONNECT_TIMEOUT, TimeUnit.SECONDS).join();
		}
	}

	@Override
	public void close() {
		this.subscriptions.close();
		this.watchdog.close();
		this.lostCalls.close();
		this.workers.stop();
	}

	PayloadConverter converter() {
		return this.converter;
	}

	Executor workers() {
		return this.workers;
	}

	/**
	 * Return what the application knows the client by.
	 * @return the qualifier
	 */
	String qualifier() {
		return this.interception.client();
	}

	EventObserver eventObserver() {
		return this.eventObserver;
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
	IrpcCall command(String target, Command command) {
		return this.caller.command(target, command);
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
		return session().thenAccept(action);
	}

	/**
	 * The session of the moment, with what calls need.
	 */
	private final class Channel implements CallChannel {

		@Override
		public CompletableFuture<IrpcSession> session() {
			DefaultIrpcClient.this.watchdog.begin();
			return DefaultIrpcClient.this.watchdog.session();
		}

		@Override
		public PayloadConverter converter() {
			return DefaultIrpcClient.this.converter;
		}

		@Override
		public WorkerPool workers() {
			return DefaultIrpcClient.this.workers;
		}

		@Override
		public Completion completion() {
			return DefaultIrpcClient.this.settings.completion();
		}

		@Override
		public LostCalls lostCalls() {
			return DefaultIrpcClient.this.lostCalls;
		}

		@Override
		public Interception interception() {
			return DefaultIrpcClient.this.interception;
		}

		@Override
		public Duration timeout() {
			return DefaultIrpcClient.this.settings.timeout();
		}

	}

}
