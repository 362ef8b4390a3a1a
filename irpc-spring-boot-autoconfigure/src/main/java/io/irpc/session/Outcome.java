package io.irpc.session;

import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import io.irpc.payload.Payload;
import io.irpc.payload.PayloadMembers;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the last call with an id (protocol §6, feature {@code outcome}).
 * Guarded by the log that it is in.
 */
final class Outcome {

	/**
	 * About what an outcome takes in memory beside the answer.
	 */
	private static final int OVERHEAD = 128;

	private int use;

	private @Nullable CommandTask task;

	private @Nullable String user;

	private State state = State.RUNNING;

	private @Nullable Payload answer;

	private long size;

	/**
	 * Begin anew, as a call was taken.
	 * @param newTask the call
	 */
	void taken(CommandTask newTask) {
		this.use++;
		this.task = newTask;
		this.state = State.RUNNING;
		this.answer = null;
	}

	boolean isOf(CommandTask other) {
		return this.task == other;
	}

	int use() {
		return this.use;
	}

	boolean isPending() {
		return this.task != null;
	}

	/**
	 * Return what the answer counts for. That of the call before counts until this one is
	 * answered, so that the count seldom changes.
	 * @return the number of bytes
	 */
	long size() {
		return this.size;
	}

	void never() {
		this.task = null;
		this.state = State.NEVER;
	}

	void answered(CommandTask answered, Response response) {
		this.task = null;
		this.user = name(answered.invocation().user());
		this.state = (response.type() == Response.Type.VALUE) ? State.DONE : State.FAILED;
		this.answer = response.value();
		this.size = (long) response.value().length() + OVERHEAD;
	}

	/**
	 * Forget the answer.
	 */
	void expire() {
		this.answer = null;
		this.size = 0;
		this.state = State.EXPIRED;
	}

	boolean isVisibleTo(@Nullable SessionUser reader) {
		String owner = (this.task != null) ? name(this.task.invocation().user()) : this.user;
		return this.state == State.NEVER || Objects.equals(owner, name(reader));
	}

	Payload toPayload() {
		Map<String, Payload> members = new LinkedHashMap<>();
		members.put("state", this.state.payload);
		if (this.answer != null) {
			members.put((this.state == State.DONE) ? "value" : "error", this.answer);
		}
		return PayloadMembers.toObject(members);
	}

	static @Nullable String name(@Nullable SessionUser user) {
		Principal principal = (user != null) ? user.principal() : null;
		return (principal != null) ? principal.getName() : null;
	}

	/**
	 * How far a call has come.
	 */
	enum State {

		/**
		 * It was answered with a value.
		 */
		DONE("done"),

		/**
		 * It was answered with an error.
		 */
		FAILED("failed"),

		/**
		 * It is not answered yet.
		 */
		RUNNING("running"),

		/**
		 * It was not started and will not be.
		 */
		NEVER("never"),

		/**
		 * It was answered, and the answer is forgotten.
		 */
		EXPIRED("expired");

		@SuppressWarnings("ImmutableEnumChecker")
		private final Payload payload;

		State(String name) {
			this.payload = Payload.ofJson('"' + name + '"');
		}

		Payload toPayload() {
			return PayloadMembers.toObject(Map.of("state", this.payload));
		}

	}

}
