package io.irpc.session;

import java.util.List;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code outcome}: what has become of the calls of a session that was lost
 * (protocol §6).
 *
 * @since 0.1.0
 */
public final class OutcomeCommandHandler implements CommandHandler {

	private static final List<String> PARAMETERS = List.of("ids", "uses");

	private final PayloadConverter converter;

	/**
	 * Create a handler.
	 * @param converter converts the arguments
	 */
	public OutcomeCommandHandler(PayloadConverter converter) {
		this.converter = converter;
	}

	@Override
	public String command() {
		return "outcome";
	}

	@Override
	public Payload handle(Invocation invocation) {
		String token = invocation.command().internal("session");
		if (token == null) {
			throw new IrpcException(ErrorCode.PROTOCOL_ERROR, "Command outcome needs session:TOKEN");
		}
		BoundArguments arguments = BoundArguments.bind(invocation.command().arguments(), PARAMETERS);
		List<String> ids = read(arguments.get(0), "ids", String[].class, new String[0]);
		List<Integer> uses = read(arguments.get(1), "uses", Integer[].class, new Integer[0]);
		OutcomeLog log = invocation.session().findOutcomes(token);
		if (log == null) {
			throw new IrpcException(ErrorCode.NOT_FOUND, "No such session, or its calls are forgotten");
		}
		return PayloadMembers.toObject(log.read(ids, uses, invocation.user()));
	}

	private <T> List<T> read(@Nullable Payload value, String name, Class<T[]> type, T[] missing) {
		try {
			T[] result = (value != null) ? this.converter.<T[]>read(value, type) : null;
			return List.of((result != null) ? result : missing);
		}
		catch (NullPointerException ex) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + name + ": null is no element", ex);
		}
		catch (PayloadException ex) {
			throw new IrpcException(ErrorCode.INVALID_ARGUMENT, "Argument " + name + ": " + ex.getMessage(), ex);
		}
	}

}
