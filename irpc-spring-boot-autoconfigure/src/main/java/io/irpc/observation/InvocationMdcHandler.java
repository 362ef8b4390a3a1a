package io.irpc.observation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

import io.irpc.protocol.LogSafe;
import io.irpc.session.Invocation;
import io.irpc.session.SessionUser;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Tells the log which session, user and function each line belongs to, on every thread
 * that works for a command, and puts back what was there before. Never a value of an
 * argument.
 *
 * @since 0.1.0
 */
public final class InvocationMdcHandler implements ObservationHandler<IrpcServerRequestContext> {

	/**
	 * The key of the number of the session.
	 */
	public static final String SESSION = "irpc.session";

	/**
	 * The key of the name of the user, absent for an anonymous session.
	 */
	public static final String USER = "irpc.user";

	/**
	 * The key of the qualified name of the function, absent if there is none.
	 */
	public static final String FUNCTION = "irpc.function";

	private final ThreadLocal<Deque<Map<String, @Nullable String>>> previous = ThreadLocal.withInitial(ArrayDeque::new);

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof IrpcServerRequestContext;
	}

	@Override
	public void onScopeOpened(IrpcServerRequestContext context) {
		Map<String, @Nullable String> replaced = new LinkedHashMap<>();
		Invocation invocation = context.getCarrier();
		if (invocation != null) {
			SessionUser user = invocation.user();
			put(SESSION, Long.toString(invocation.session().id()), replaced);
			put(USER, (user != null) ? LogSafe.text(user.principal().getName()) : null, replaced);
			put(FUNCTION, context.getFunction(), replaced);
		}
		this.previous.get().push(replaced);
	}

	@Override
	public void onScopeClosed(IrpcServerRequestContext context) {
		Deque<Map<String, @Nullable String>> all = this.previous.get();
		Map<String, @Nullable String> replaced = all.poll();
		if (replaced != null) {
			replaced.forEach(InvocationMdcHandler::set);
		}
		if (all.isEmpty()) {
			this.previous.remove();
		}
	}

	private static void put(String key, @Nullable String value, Map<String, @Nullable String> replaced) {
		replaced.put(key, MDC.get(key));
		set(key, value);
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

}
