package io.irpc.session;

import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@link Invocation#current()} be known on each thread that the context of a command
 * is propagated to, so that nested calls inherit what is left of its time. Found by the
 * service loader.
 *
 * @since 0.1.0
 */
public final class InvocationAccessor implements ThreadLocalAccessor<Invocation> {

	@Override
	public Object key() {
		return Invocation.class;
	}

	@Override
	public @Nullable Invocation getValue() {
		return Invocation.current();
	}

	@Override
	public void setValue(Invocation value) {
		Invocation.leave(value);
	}

	@Override
	public void setValue() {
		Invocation.leave(null);
	}

}
