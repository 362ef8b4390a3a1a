package io.irpc.call;

import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadException;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.ResponseListener;
import org.jspecify.annotations.Nullable;

/**
 * Asks what has become of the calls of one lost session, and lets each of them return,
 * fail, wait or be sent again (protocol §6, feature {@code outcome}).
 */
final class OutcomeQuery implements ResponseListener {

	private final String token;

	private final List<LostCall> calls;

	private final IrpcSession session;

	private final LostCalls lostCalls;

	/**
	 * Create a query.
	 * @param token what the peer calls the lost session
	 * @param calls the calls of that session
	 * @param session the session to ask on
	 * @param lostCalls takes what stays open
	 */
	OutcomeQuery(String token, List<LostCall> calls, IrpcSession session, LostCalls lostCalls) {
		this.token = token;
		this.calls = calls;
		this.session = session;
		this.lostCalls = lostCalls;
	}

	void send() {
		List<String> ids = this.calls.stream().map(LostCall::id).toList();
		List<Integer> uses = this.calls.stream().map(LostCall::use).toList();
		Command command = new Command("outcome", null, Map.of("session", this.token),
				List.of(argument("ids", ids), argument("uses", uses)));
		this.session.pending().send(command, this);
	}

	@Override
	public boolean received(Response response) {
		if (response.isFinal()) {
			this.lostCalls.workers().execute(() -> handle(response));
		}
		return response.isFinal();
	}

	@Override
	public void closed(String reason) {
		this.calls.forEach((call) -> this.lostCalls
			.ask(new LostCall(call.execution(), this.session, call.token(), call.id(), call.use())));
	}

	private void handle(Response response) {
		try {
			if (response.type() == Response.Type.VALUE) {
				Map<String, Payload> outcomes = PayloadMembers.of(response.value());
				this.calls.forEach((call) -> resolve(call, outcomes.get(call.id())));
				return;
			}
			RemoteCallException failure = RemoteCallException.of(response.value(), this.lostCalls.converter());
			if (failure.code() == ErrorCode.RESOURCE_EXHAUSTED && this.calls.size() > 1) {
				this.calls.forEach(
						(call) -> new OutcomeQuery(this.token, List.of(call), this.session, this.lostCalls).send());
				return;
			}
			fail("the server does not know what has become of the call: " + failure.getMessage());
		}
		catch (PayloadException ex) {
			fail("the server's answer to outcome is not the expected: an object");
		}
	}

	private void resolve(LostCall call, @Nullable Payload outcome) {
		Map<String, Payload> members = (outcome != null) ? PayloadMembers.of(outcome) : Map.of();
		String state = members.getOrDefault("state", Payload.NULL).json();
		CallExecution execution = call.execution();
		switch (state) {
			case "\"done\"" ->
				execution.complete(Response.value(call.id(), members.getOrDefault("value", Payload.NULL)));
			case "\"failed\"" ->
				execution.complete(Response.exception(call.id(), members.getOrDefault("error", Payload.NULL)));
			case "\"running\"" -> this.lostCalls.askLater(call);
			case "\"never\"" -> this.lostCalls.repeat(execution, call.session());
			case "\"expired\"" -> execution.answerForgotten();
			default -> execution.forgotten("the server says that its outcome is " + state);
		}
	}

	private void fail(String reason) {
		this.calls.forEach((call) -> call.execution().forgotten(reason));
	}

	private Argument argument(String name, Object value) {
		return new Argument(name, this.lostCalls.converter().write(value));
	}

}
