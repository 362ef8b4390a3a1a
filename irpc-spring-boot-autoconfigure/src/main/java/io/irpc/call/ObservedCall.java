package io.irpc.call;

import io.irpc.payload.Payload;
import io.irpc.session.ObservedCommand;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Follows one call. Must not throw.
 *
 * @since 0.1.0
 */
public interface ObservedCall {

	/**
	 * Sees nothing.
	 */
	ObservedCall NONE = new ObservedCall() {

		@Override
		public @Nullable TraceParent traceParent() {
			return null;
		}

		@Override
		public ObservedCommand.Scope open() {
			return ObservedCommand.NONE.open();
		}

		@Override
		public void ended(@Nullable Payload value, @Nullable Throwable failure) {
		}

	};

	/**
	 * Return which trace the call is sent in (protocol §6, feature {@code trace}).
	 * @return the context, {@code null} for that which it belongs to anyway
	 */
	@Nullable TraceParent traceParent();

	/**
	 * The call is led through interceptors on this thread from now on. Not called for one
	 * that waits for a value and has none.
	 * @return to be closed on this thread when they have returned
	 */
	ObservedCommand.Scope open();

	/**
	 * The call has its value, or never will have. Called once, on the thread that tells
	 * the caller: before it does so, for a stream afterwards.
	 * @param value the value, JSON {@code null} for a stream and for a call without an
	 * answer; {@code null} if there is none
	 * @param failure why there is none, perhaps wrapped by a future
	 */
	void ended(@Nullable Payload value, @Nullable Throwable failure);

}
