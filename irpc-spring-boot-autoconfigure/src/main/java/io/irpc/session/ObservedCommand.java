package io.irpc.session;

import io.irpc.protocol.IrpcException;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * Follows one command. Its end comes once, on any thread, perhaps while the command still
 * runs: its caller has cancelled it or does not wait any longer.
 *
 * @since 0.1.0
 */
public interface ObservedCommand {

	/**
	 * Sees nothing.
	 */
	ObservedCommand NONE = new ObservedCommand() {

		private static final Scope NO_SCOPE = () -> {
		};

		@Override
		public Scope open() {
			return NO_SCOPE;
		}

		@Override
		public void answered(Response response, @Nullable IrpcException failure) {
		}

		@Override
		public void abandoned() {
		}

	};

	/**
	 * The command runs on this thread from now on, for the user that
	 * {@link Invocation#user()} tells. Not called for one that is refused.
	 * @return to be closed on this thread when the command leaves it
	 */
	Scope open();

	/**
	 * The command has its final response, which the peer was sent unless it wants none.
	 * Must not block or throw.
	 * @param response the response
	 * @param failure why it has failed, {@code null} if it has not. One with the code
	 * {@code internal} has the failure of the function as its cause, without messages if
	 * they may tell a sensitive value
	 */
	void answered(Response response, @Nullable IrpcException failure);

	/**
	 * The session has ended before the command began, which it never will. Must not block
	 * or throw.
	 */
	void abandoned();

	/**
	 * The time that a command spends on a thread.
	 */
	@FunctionalInterface
	interface Scope extends AutoCloseable {

		@Override
		void close();

	}

}
