package io.irpc.service;

import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.service.CallCommandHandler.Target;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import io.irpc.session.SessionUser;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@code help}: describes a function or an event for people (protocol §3).
 *
 * @since 0.1.0
 */
public final class HelpCommandHandler implements CommandHandler {

	private final ServiceMethodRegistry functions;

	private final PublishedEvents events;

	/**
	 * Create a handler.
	 * @param functions the functions
	 * @param events the events
	 */
	public HelpCommandHandler(ServiceMethodRegistry functions, PublishedEvents events) {
		this.functions = functions;
		this.events = events;
	}

	@Override
	public String command() {
		return "help";
	}

	@Override
	public @Nullable String function(Command command) {
		return Target.publishedFunction(command, this.functions);
	}

	@Override
	public String handle(Invocation invocation) {
		Target target = Target.of(invocation.command());
		if (target.isEvent()) {
			String help = this.events.help(target.name(), SessionUser.authoritiesOf(invocation.user()));
			if (help == null) {
				throw unknownEvent(target.name());
			}
			return help;
		}
		ServiceMethod method = this.functions.find(target.name());
		if (method == null) {
			throw Target.unknownFunction(target.name());
		}
		String description = target.name().equals(method.name()) ? method.description()
				: text(target.name() + " is an older name of this function.", method.description());
		return text(method.signature(), description);
	}

	/**
	 * Return the error for an event that does not exist.
	 * @param name the name
	 * @return the error
	 */
	public static IrpcException unknownEvent(String name) {
		return new IrpcException(ErrorCode.UNKNOWN_EVENT, name + " is not a registered event!");
	}

	/**
	 * Join a signature with its documentation.
	 * @param signature the signature
	 * @param description the documentation, empty for none
	 * @return the text for people
	 */
	public static String text(String signature, String description) {
		return description.isEmpty() ? signature : signature + "\n\n" + description;
	}

}
