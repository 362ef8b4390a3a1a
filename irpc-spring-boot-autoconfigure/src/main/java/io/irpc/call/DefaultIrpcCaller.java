package io.irpc.call;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.irpc.protocol.Command;

/**
 * Makes calls that are sent over a {@link CallChannel}.
 *
 * @since 0.1.0
 */
public final class DefaultIrpcCaller implements IrpcCaller {

	private final CallChannel channel;

	/**
	 * Create a caller.
	 * @param channel what calls are sent over
	 */
	public DefaultIrpcCaller(CallChannel channel) {
		this.channel = channel;
	}

	@Override
	public IrpcCall call(String function) {
		// a map that keeps its entry, for which the encoder asks several times
		Map<String, String> internals = Collections.singletonMap("fn", Objects.requireNonNull(function));
		return new DefaultIrpcCall(function, new Command("call", null, internals, List.of()), this.channel,
				this.channel.interception());
	}

	/**
	 * Begin another command that has one answer.
	 * @param target what it is about, for messages
	 * @param command the command
	 * @return the command, to be given arguments and carried out
	 */
	public IrpcCall command(String target, Command command) {
		return new DefaultIrpcCall(target, command, this.channel, Interception.NONE);
	}

	@Override
	public <T> T proxy(Class<T> serviceInterface) {
		return ServiceProxy.create(serviceInterface, this);
	}

}
