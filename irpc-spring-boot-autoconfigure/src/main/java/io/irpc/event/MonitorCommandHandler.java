package io.irpc.event;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import io.irpc.journal.EventJournal;
import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.service.AccessPolicy;
import io.irpc.service.HelpCommandHandler;
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

	private final AccessPolicy policy;

	private final EventJournal journal;

	private final PayloadConverter converter;

	private final Executor readers;

	/**
	 * Create a handler.
	 * @param types the published events
	 * @param subscriptions the subscriptions of all sessions
	 * @param policy decides who may receive which event
	 * @param journal the journal
	 * @param converter converts the arguments
	 * @param readers runs reads of the journal, which may block
	 */
	public MonitorCommandHandler(EventTypeRegistry types, SubscriptionRegistry subscriptions, AccessPolicy policy,
			EventJournal journal, PayloadConverter converter, Executor readers) {
		this.types = types;
		this.subscriptions = subscriptions;
		this.policy = policy;
		this.journal = journal;
		this.converter = converter;
		this.readers = readers;
	}

	@Override
	public String command() {
		return "monitor";
	}

	@Override
	public CompletionStage<?> handle(Invocation invocation) {
		String event = invocation.command().internal("ev");
		if (event == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "Command monitor needs ev:NAME");
		}
		EventType type = this.types.find(event);
		if (type == null) {
			throw HelpCommandHandler.unknownEvent(event);
		}
		IrpcSession session = invocation.session();
		SessionSubscriptions ofSession = this.subscriptions.find(session);
		if (ofSession == null) {
			throw new IrpcException(ErrorCode.UNAVAILABLE, "The session is closed");
		}
		String id = invocation.responseId();
		if (!isEnable(invocation.command())) {
			return CompletableFuture
				.runAsync(() -> ofSession.remove((subscription) -> subscription.event().equals(event)
						&& (id.isEmpty() || subscription.id().equals(id))), session.eventLoop());
		}
		Subscription added = new Subscription(session, id, type, this.policy, this.journal, this.readers);
		invocation.afterResponse(() -> session.eventLoop().execute(added::start));
		return CompletableFuture.runAsync(() -> ofSession.add(added), session.eventLoop());
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
