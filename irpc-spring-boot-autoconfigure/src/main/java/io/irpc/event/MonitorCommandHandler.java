package io.irpc.event;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.irpc.journal.Position;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.BoundArguments;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code monitor}: at most once, live only (protocol §5.1).
 *
 * @since 0.1.0
 */
public final class MonitorCommandHandler implements CommandHandler {

	private static final String ENABLE = "enable";

	private static final String DISABLE = "disable";

	private static final List<String> PARAMETERS = List.of("action");

	private final EventTypeRegistry types;

	private final SubscriptionRegistry subscriptions;

	private final SubscriptionEnvironment environment;

	private final PayloadConverter converter;

	/**
	 * Create a handler.
	 * @param types the published events
	 * @param subscriptions the subscriptions of all sessions
	 * @param environment what subscriptions work with
	 * @param converter converts the arguments
	 */
	public MonitorCommandHandler(EventTypeRegistry types, SubscriptionRegistry subscriptions,
			SubscriptionEnvironment environment, PayloadConverter converter) {
		this.types = types;
		this.subscriptions = subscriptions;
		this.environment = environment;
		this.converter = converter;
	}

	@Override
	public String command() {
		return "monitor";
	}

	@Override
	public CompletionStage<?> handle(Invocation invocation) {
		EventType type = this.types.target(invocation.command());
		IrpcSession session = invocation.session();
		SessionSubscriptions ofSession = this.subscriptions.of(session);
		String id = invocation.responseId();
		SubscriptionKey key = SubscriptionKey.ofMonitor(id, type.name());
		if (!isEnable(invocation.command())) {
			return CompletableFuture.runAsync(() -> ofSession.remove((subscription) -> subscription.key().equals(key)
					|| (id.isEmpty() && subscription.isMonitorOf(type.name()))), session.eventLoop());
		}
		Selection selection = Selection.of(type, invocation.user(), null, null);
		Position head = this.environment.journal().head();
		Subscription added = new Subscription(this.environment, session, key, selection, head,
				(onRoom) -> new SignalOutlet(session, id, head));
		invocation.afterResponse(() -> session.eventLoop().execute(added::start));
		return CompletableFuture.runAsync(() -> ofSession.addIfAbsent(added), session.eventLoop());
	}

	private boolean isEnable(Command command) {
		Payload action = BoundArguments.bind(command.arguments(), PARAMETERS).get(0);
		try {
			String value = (action != null) ? this.converter.read(action, String.class) : ENABLE;
			if (ENABLE.equals(value) || DISABLE.equals(value)) {
				return ENABLE.equals(value);
			}
		}
		catch (PayloadException ex) {
			throw refused(ex);
		}
		throw refused(null);
	}

	private static IrpcException refused(@Nullable Throwable cause) {
		return new IrpcException(ErrorCode.INVALID_ARGUMENT,
				"Argument action: expected \"" + ENABLE + "\" or \"" + DISABLE + "\"", cause);
	}

}
