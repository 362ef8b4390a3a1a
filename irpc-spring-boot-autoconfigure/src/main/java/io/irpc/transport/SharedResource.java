package io.irpc.transport;

import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Something costly, such as threads, that all its users in this process have in common.
 * It is made for the first of them and ended behind the last. Safe for use by many
 * threads.
 *
 * @param <T> the type of the resource
 * @since 0.1.0
 */
public final class SharedResource<T> {

	private final Supplier<T> factory;

	private final Consumer<T> end;

	private @Nullable T resource;

	private int users;

	/**
	 * Create it without a user.
	 * @param factory makes the resource
	 * @param end ends it
	 */
	public SharedResource(Supplier<T> factory, Consumer<T> end) {
		this.factory = factory;
		this.end = end;
	}

	/**
	 * Begin to use it.
	 * @return the resource, to be used until it is released
	 */
	public synchronized T acquire() {
		T acquired = this.resource;
		if (acquired == null) {
			acquired = this.factory.get();
			this.resource = acquired;
		}
		this.users++;
		return acquired;
	}

	/**
	 * Use it no more. To be called once for each {@link #acquire}; waits for the end of
	 * the resource if nobody else uses it.
	 */
	public void release() {
		T unused = null;
		synchronized (this) {
			this.users--;
			if (this.users == 0) {
				unused = this.resource;
				this.resource = null;
			}
		}
		// not meanwhile, as others may want another one
		if (unused != null) {
			this.end.accept(unused);
		}
	}

}
