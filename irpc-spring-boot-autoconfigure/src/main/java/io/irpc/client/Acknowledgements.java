package io.irpc.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Knows up to which cursor everything is handled, so that a later session goes on there,
 * and what is in process behind it, so that it is not handled again when it comes again.
 * Safe for use by many threads.
 */
final class Acknowledgements {

	private final Map<String, Firing> firings = new LinkedHashMap<>();

	private @Nullable String cursor;

	/**
	 * Return where a session begins. What is in process comes again on it.
	 * @return the cursor, {@code null} if there is none yet
	 */
	synchronized @Nullable String resume() {
		this.firings.values().forEach((firing) -> firing.awaited = false);
		forgetHandled();
		this.firings.values().forEach((firing) -> firing.awaited = true);
		return this.cursor;
	}

	/**
	 * Know where the server begins.
	 * @param start the cursor before the first firing, {@code null} if the server does
	 * not tell
	 * @param truncated whether something between is gone. Then the server may be another
	 * one, so that what it fires is handled in any case
	 */
	synchronized void begin(@Nullable String start, boolean truncated) {
		if (truncated) {
			this.firings.clear();
		}
		if (start != null && (truncated || this.cursor == null)) {
			this.cursor = start;
		}
	}

	/**
	 * Take a firing.
	 * @param firingCursor its cursor
	 * @param handling begins to handle it if it is not in process
	 * @return completed when it is handled; the same for each time that it comes
	 */
	synchronized CompletableFuture<Void> take(String firingCursor, Consumer<CompletableFuture<Void>> handling) {
		Firing known = this.firings.get(firingCursor);
		if (known != null) {
			known.awaited = false;
			forgetHandled();
			return known.done;
		}
		// firings come in order: what is older and has not come yet does not come again
		this.firings.values().forEach((older) -> older.awaited = false);
		Firing firing = new Firing(firingCursor);
		this.firings.put(firingCursor, firing);
		// before those who answer: whoever has the answer may rely on the cursor
		CompletableFuture<Void> answered = firing.done;
		CompletableFuture<Void> handled = new CompletableFuture<>();
		handled.whenComplete((nothing, ex) -> {
			if (ex != null) {
				answered.completeExceptionally(ex);
			}
			else {
				handled(firing);
				answered.complete(null);
			}
		});
		handling.accept(handled);
		return answered;
	}

	private synchronized void handled(Firing firing) {
		firing.handled = true;
		forgetHandled();
	}

	private void forgetHandled() {
		var oldest = this.firings.values().iterator();
		while (oldest.hasNext()) {
			Firing firing = oldest.next();
			if (!firing.handled || firing.awaited) {
				return;
			}
			this.cursor = firing.cursor;
			oldest.remove();
		}
	}

	/**
	 * A firing that is in process, or handled before an older one.
	 */
	private static final class Firing {

		private final String cursor;

		private final CompletableFuture<Void> done = new CompletableFuture<>();

		private boolean handled;

		private boolean awaited;

		Firing(String cursor) {
			this.cursor = cursor;
		}

	}

}
