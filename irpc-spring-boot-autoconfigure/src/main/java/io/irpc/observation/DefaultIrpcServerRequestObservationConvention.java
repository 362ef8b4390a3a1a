package io.irpc.observation;

import java.util.Map;
import java.util.Objects;

import io.irpc.observation.IrpcObservationDocumentation.HighCardinalityKey;
import io.irpc.observation.IrpcObservationDocumentation.LowCardinalityKey;
import io.irpc.session.Invocation;
import io.irpc.session.IrpcSession;
import io.irpc.session.SessionUser;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ConcurrentReferenceHashMap;
import org.springframework.util.ConcurrentReferenceHashMap.ReferenceType;

/**
 * Names and describes commands of peers unless the application has its own convention.
 *
 * @since 0.1.0
 */
public class DefaultIrpcServerRequestObservationConvention implements IrpcServerRequestObservationConvention {

	private final KnownKeyValues known = new KnownKeyValues(LowCardinalityKey.COMMAND);

	private final Map<IrpcSession, Description> sessions = new ConcurrentReferenceHashMap<>(16, ReferenceType.WEAK);

	@Override
	public String getName() {
		return IrpcObservationDocumentation.SERVER_REQUESTS.defaultName();
	}

	@Override
	public String getContextualName(IrpcServerRequestContext context) {
		String command = (context.getCommand() != null) ? context.getCommand() : RequestKeys.UNKNOWN;
		return "irpc " + ((context.getFunction() != null) ? command + " " + context.getFunction() : command);
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(IrpcServerRequestContext context) {
		String command = context.getCommand();
		return this.known.of((command != null) ? command : RequestKeys.UNKNOWN, function(context), context.getOutcome(),
				context.getErrorCode());
	}

	private static @Nullable String function(IrpcServerRequestContext context) {
		Invocation invocation = context.getCarrier();
		boolean named = invocation != null && invocation.command().internal("fn") != null;
		String function = context.getFunction();
		return (function != null || !named) ? function : RequestKeys.UNKNOWN;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(IrpcServerRequestContext context) {
		Invocation invocation = context.getCarrier();
		if (invocation == null) {
			return KeyValues.empty();
		}
		String user = user(invocation);
		String peer = context.getRemoteServiceName();
		Description known = this.sessions.get(invocation.session());
		if (known == null || !known.isOf(user, peer)) {
			known = new Description(user, peer, describe(invocation, user, context));
			this.sessions.put(invocation.session(), known);
		}
		return known.values();
	}

	private static KeyValues describe(Invocation invocation, @Nullable String user, IrpcServerRequestContext context) {
		return KeyValues.of(HighCardinalityKey.SESSION.withValue(Long.toString(invocation.session().id())),
				RequestKeys.orNone(HighCardinalityKey.USER, user),
				RequestKeys.orNone(HighCardinalityKey.PEER_NAME, context.getRemoteServiceName()),
				RequestKeys.orNone(HighCardinalityKey.PEER_ADDRESS, context.getRemoteServiceAddress()));
	}

	// one that is refused has run for nobody
	private static @Nullable String user(Invocation invocation) {
		SessionUser user = (invocation.user() != null) ? invocation.user() : invocation.session().user();
		return (user != null) ? user.principal().getName() : null;
	}

	/**
	 * What describes the commands of a session.
	 *
	 * @param user the name of its user
	 * @param peer the name of its peer
	 * @param values the key values
	 */
	private record Description(@Nullable String user, @Nullable String peer, KeyValues values) {

		boolean isOf(@Nullable String otherUser, @Nullable String otherPeer) {
			return Objects.equals(this.user, otherUser) && Objects.equals(this.peer, otherPeer);
		}

	}

}
