package io.irpc.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.irpc.journal.CursorStore.Subscriber;
import io.irpc.journal.Position;
import io.irpc.payload.PayloadConverter;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Grammar;
import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Limit;
import io.irpc.protocol.LimitException;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code callback}: subscriptions that are named, filtered, replayed and
 * acknowledged (protocol §5.2).
 *
 * @since 0.1.0
 */
public final class CallbackCommandHandler implements CommandHandler {

	private static final int MAX_WINDOW = 1024;

	private static final int MAX_DURABLE = 256;

	private final EventTypeRegistry types;

	private final SubscriptionRegistry subscriptions;

	private final SubscriptionEnvironment environment;

	private final DurableCursors cursors;

	private final PayloadConverter converter;

	/**
	 * Create a handler.
	 * @param types the published events
	 * @param subscriptions the subscriptions of all sessions
	 * @param environment what subscriptions work with
	 * @param cursors the cursors of durable subscriptions
	 * @param converter converts the arguments
	 */
	public CallbackCommandHandler(EventTypeRegistry types, SubscriptionRegistry subscriptions,
			SubscriptionEnvironment environment, DurableCursors cursors, PayloadConverter converter) {
		this.types = types;
		this.subscriptions = subscriptions;
		this.environment = environment;
		this.cursors = cursors;
		this.converter = converter;
	}

	@Override
	public String command() {
		return "callback";
	}

	@Override
	public @Nullable Object handle(Invocation invocation) {
		Command command = invocation.command();
		String name = command.internal("add");
		if (name != null) {
			return add(checked(name), invocation);
		}
		name = command.internal("peek");
		if (name != null) {
			return peek(checked(name), invocation);
		}
		name = command.internal("remove");
		if (name != null) {
			return remove(checked(name), invocation);
		}
		name = command.internal("stop");
		if (name != null) {
			return stop(checked(name), invocation);
		}
		if (command.internal("list") != null) {
			return list(invocation.session());
		}
		throw new IrpcException(ErrorCode.PROTOCOL_ERROR,
				"Command callback needs one of add:NAME, peek:NAME, remove:NAME, stop:NAME and list:");
	}

	private CompletionStage<?> add(String name, Invocation invocation) {
		EventType type = this.types.target(invocation.command());
		SubscriptionRequest request = SubscriptionRequest.of(invocation.command(), this.converter);
		Selection selection = Selection.of(type, invocation.user(), request.where(), request.shape());
		IrpcSession session = invocation.session();
		SessionSubscriptions ofSession = this.subscriptions.of(session);
		Subscriber subscriber = request.durable() ? subscriber(name, invocation) : null;
		Position stored = (subscriber != null) ? stored(subscriber) : null;
		StartPosition found = StartPosition.find(request, stored, selection, this.environment);
		StartPosition start = (found != null) ? found : new StartPosition(this.environment.journal().head(), false);
		Subscription added = subscription(name, session, selection, start.position(), request, subscriber);
		invocation.afterResponse(() -> session.eventLoop().execute(added::start));
		// stored when the one that is replaced cannot advance it any more
		return CompletableFuture.runAsync(() -> ofSession.replace(added), session.eventLoop())
			.thenApplyAsync((done) -> {
				if (subscriber != null && !start.position().equals(stored)) {
					this.cursors.set(subscriber, start.position());
				}
				return answer(start, request);
			}, this.environment.readers());
	}

	private @Nullable Position stored(Subscriber subscriber) {
		Position stored = this.cursors.find(subscriber);
		if (stored == null && this.cursors.count(subscriber.user()) >= MAX_DURABLE) {
			throw new LimitException(Limit.SUBSCRIPTIONS, "Too many durable subscriptions of this user (expected: <= "
					+ MAX_DURABLE + "; remove:NAME ends one)");
		}
		return stored;
	}

	private Subscription subscription(String name, IrpcSession session, Selection selection, Position start,
			SubscriptionRequest request, @Nullable Subscriber subscriber) {
		FiringOutlet.Acknowledgements acknowledgements = (subscriber != null) ? this.cursors.of(subscriber)
				: FiringOutlet.Acknowledgements.FORGOTTEN;
		int window = Math.min(request.window(), MAX_WINDOW);
		return new Subscription(this.environment, session, SubscriptionKey.ofCallback(name), selection, start,
				(onRoom) -> new FiringOutlet(session, name, window, start, acknowledgements, this.environment.counts(),
						onRoom));
	}

	private Map<String, Object> answer(StartPosition start, SubscriptionRequest request) {
		Map<String, Object> answer = new LinkedHashMap<>();
		answer.put("cursor", start.position().toString());
		if (start.truncated()) {
			this.environment.counts().truncated();
			answer.put("truncated", true);
		}
		if (request.window() > MAX_WINDOW) {
			answer.put("window", MAX_WINDOW);
		}
		return answer;
	}

	private Map<String, Object> peek(String name, Invocation invocation) {
		EventType type = this.types.target(invocation.command());
		SubscriptionRequest request = SubscriptionRequest.of(invocation.command(), this.converter);
		Selection selection = Selection.of(type, invocation.user(), request.where(), request.shape());
		Position stored = request.durable() ? this.cursors.find(subscriber(name, invocation)) : null;
		StartPosition start = StartPosition.find(request, stored, selection, this.environment);
		Map<String, Object> answer = new EventDigest(this.environment, selection, request.by(), this.converter)
			.over((start != null) ? start : StartPosition.oldest(this.environment.journal()), invocation.session());
		if (stored != null) {
			answer.put("stored", true);
		}
		return answer;
	}

	// ends a durable subscription for good, wherever it is in use
	private CompletionStage<?> remove(String name, Invocation invocation) {
		Subscriber subscriber = isUserKnown(invocation) ? subscriber(name, invocation) : null;
		boolean remembered = subscriber != null && this.cursors.find(subscriber) != null;
		return end(name, invocation.session(), Subscription::discard).thenAcceptAsync((found) -> {
			if (!found && !remembered) {
				throw unknown(name);
			}
			if (subscriber != null && remembered) {
				this.cursors.remove(subscriber);
			}
		}, this.environment.readers());
	}

	// ends a subscription on this session; a durable one can be taken up again
	private CompletionStage<?> stop(String name, Invocation invocation) {
		return end(name, invocation.session(), Subscription::end).thenAccept((found) -> {
			if (!found) {
				throw unknown(name);
			}
		});
	}

	private CompletableFuture<Boolean> end(String name, IrpcSession session, Consumer<Subscription> how) {
		SessionSubscriptions ofSession = this.subscriptions.of(session);
		return CompletableFuture.supplyAsync(() -> {
			Subscription found = ofSession.find(SubscriptionKey.ofCallback(name));
			if (found != null) {
				how.accept(found);
			}
			return found != null;
		}, session.eventLoop());
	}

	private CompletionStage<List<Map<String, Object>>> list(IrpcSession session) {
		SessionSubscriptions ofSession = this.subscriptions.of(session);
		return CompletableFuture.supplyAsync(() -> ofSession.all()
			.stream()
			.filter((subscription) -> subscription.outlet() instanceof FiringOutlet)
			.map(CallbackCommandHandler::describe)
			.toList(), session.eventLoop());
	}

	private static Map<String, Object> describe(Subscription subscription) {
		FiringOutlet outlet = (FiringOutlet) subscription.outlet();
		Map<String, Object> description = new LinkedHashMap<>();
		description.put("name", subscription.key().name());
		description.put("event", subscription.event());
		description.put("state", subscription.isLive() ? "live" : "replaying");
		description.put("cursor", outlet.cursor().toString());
		description.put("window", outlet.window());
		description.put("durable", outlet.isDurable());
		return description;
	}

	private boolean isUserKnown(Invocation invocation) {
		return invocation.user() != null || !this.environment.policy().isLoginRequired();
	}

	private Subscriber subscriber(String name, Invocation invocation) {
		SessionUser user = invocation.user();
		if (!isUserKnown(invocation)) {
			throw new IrpcException(ErrorCode.UNAUTHENTICATED,
					"A durable subscription belongs to a user (expected: a login)");
		}
		return new Subscriber((user != null) ? user.principal().getName() : "", name);
	}

	private static String checked(String name) {
		if (!Grammar.isId(name)) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR,
					"Not a name of a subscription (expected: 1 to 64 letters, digits, '_' and '-')");
		}
		return name;
	}

	private static IrpcException unknown(String name) {
		return new IrpcException(ErrorCode.NOT_FOUND, "There is no subscription " + name);
	}

}
