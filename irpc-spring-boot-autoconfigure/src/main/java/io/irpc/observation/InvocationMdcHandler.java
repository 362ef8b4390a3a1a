package io.irpc.observation;

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

	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Scopes> scopes = ThreadLocal.withInitial(Scopes::new);

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof IrpcServerRequestContext;
	}

	@Override
	public void onScopeOpened(IrpcServerRequestContext context) {
		Scopes open = this.scopes.get();
		open.last = new Replaced(MDC.get(SESSION), MDC.get(USER), MDC.get(FUNCTION), open.last);
		Invocation invocation = context.getCarrier();
		if (invocation != null) {
			SessionUser user = invocation.user();
			set(SESSION, Long.toString(invocation.session().id()));
			set(USER, (user != null) ? LogSafe.text(user.principal().getName()) : null);
			set(FUNCTION, context.getFunction());
		}
	}

	@Override
	public void onScopeClosed(IrpcServerRequestContext context) {
		Scopes open = this.scopes.get();
		Replaced last = open.last;
		if (last == null) {
			return;
		}
		set(SESSION, last.session());
		set(USER, last.user());
		set(FUNCTION, last.function());
		open.last = last.outer();
	}

	private static void set(String key, @Nullable String value) {
		if (value != null) {
			MDC.put(key, value);
		}
		else {
			MDC.remove(key);
		}
	}

	/**
	 * The scopes of a thread. It keeps this: to remove something from a thread costs more
	 * than all else here.
	 */
	private static final class Scopes {

		private @Nullable Replaced last;

	}

	/**
	 * What the log told before a scope was opened.
	 */
	private record Replaced(@Nullable String session, @Nullable String user, @Nullable String function,
			@Nullable Replaced outer) {

	}

}
