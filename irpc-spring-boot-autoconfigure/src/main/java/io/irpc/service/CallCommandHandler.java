package io.irpc.service;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code call}: calls a function or raises an event (protocol §3).
 *
 * @since 0.1.0
 */
public final class CallCommandHandler implements CommandHandler {

	private final ServiceMethodRegistry functions;

	private final PublishedEvents events;

	/**
	 * Create a handler.
	 * @param functions the functions
	 * @param events the events
	 */
	public CallCommandHandler(ServiceMethodRegistry functions, PublishedEvents events) {
		this.functions = functions;
		this.events = events;
	}

	@Override
	public String command() {
		return "call";
	}

	@Override
	public @Nullable Object handle(Invocation invocation) throws Exception {
		Target target = Target.of(invocation.command());
		if (target.isEvent()) {
			this.events.raise(target.name(), invocation);
			return null;
		}
		ServiceMethod method = this.functions.find(target.name());
		if (method == null) {
			throw Target.unknownFunction(target.name());
		}
		return method.invoke(invocation);
	}

	@Override
	public @Nullable String function(Command command) {
		return Target.publishedFunction(command, this.functions);
	}

	@Override
	public Place runsOn(Command command) {
		String name = command.internal("fn");
		ServiceMethod method = (name != null) ? this.functions.find(name) : null;
		return (method != null) ? method.place() : Place.EXECUTOR;
	}

	/**
	 * What a command is about.
	 *
	 * @param name the name of the function or event
	 * @param isEvent whether it is an event
	 */
	record Target(String name, boolean isEvent) {

		static Target of(Command command) {
			String function = command.internal("fn");
			String event = command.internal("ev");
			if ((function == null) == (event == null)) {
				throw new IrpcException(ErrorCode.PROTOCOL_ERROR,
						"Command " + command.name() + " needs either fn:NAME or ev:NAME");
			}
			return (function != null) ? new Target(function, false) : new Target(event, true);
		}

		static @Nullable String publishedFunction(Command command, ServiceMethodRegistry functions) {
			String name = command.internal("fn");
			return (name != null && functions.find(name) != null) ? name : null;
		}

		static IrpcException unknownFunction(String name) {
			return new IrpcException(ErrorCode.UNKNOWN_FUNCTION, name + " is not a registered function!");
		}

	}

}
