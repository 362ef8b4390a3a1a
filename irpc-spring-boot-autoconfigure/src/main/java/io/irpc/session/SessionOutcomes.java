package io.irpc.session;

import java.util.List;
import java.util.Objects;

import io.irpc.session.CommandTask.Lane;
import org.jspecify.annotations.Nullable;

/**
 * What one session has to do with the feature {@code outcome} (protocol §6). Safe for use
 * by many threads.
 */
final class SessionOutcomes {

	/**
	 * The command whose outcome may be asked for. Each one that is received counts as a
	 * use of its id, as the peer counts what it sends.
	 */
	static final String CALL = "call";

	private final @Nullable OutcomeRegistry registry;

	private final SessionHandler session;

	private volatile @Nullable OutcomeLog log;

	SessionOutcomes(@Nullable OutcomeRegistry registry, SessionHandler session) {
		this.registry = registry;
		this.session = session;
	}

	/**
	 * Remember from now on what becomes of calls.
	 * @return the token to ask for that with, {@code null} if nothing is remembered
	 */
	@Nullable String open() {
		OutcomeLog current = this.log;
		if (current == null && this.registry != null) {
			current = this.registry.open(this.session);
			this.log = current;
		}
		return (current != null) ? current.token() : null;
	}

	/**
	 * Find the log of another session, and end that session if it has not ended.
	 * @param token the token of the log
	 * @param reader who asks
	 * @return the log, {@code null} if there is none of that user
	 */
	@Nullable OutcomeLog find(String token, @Nullable SessionUser reader) {
		OutcomeLog found = (this.registry != null) ? this.registry.find(token) : null;
		if (found == null || !isOf(reader, found)) {
			return null;
		}
		if (found.session() != this.session) {
			found.session().fence("its peer has connected again");
		}
		return found;
	}

	void taken(CommandTask task) {
		OutcomeLog current = this.log;
		if (current != null && task.lane() != Lane.ORDERED && task.invocation().command().name().equals(CALL)) {
			count(current.taken(task));
		}
	}

	void answered(List<CommandInbox.Answered> all) {
		OutcomeLog current = this.log;
		if (current != null) {
			count(current.answered(all, this.session.isMemoryScarce()));
		}
	}

	void abandoned(CommandTask task) {
		OutcomeLog current = this.log;
		if (current != null) {
			current.never(task);
		}
	}

	void closed() {
		OutcomeLog current = this.log;
		if (current != null && this.registry != null) {
			this.registry.closed(current, this.session.session().user());
		}
	}

	// what is remembered belongs to what the session holds
	private void count(long change) {
		if (change != 0) {
			this.session.memoryChanged(change);
		}
	}

	private static boolean isOf(@Nullable SessionUser reader, OutcomeLog log) {
		return Objects.equals(Outcome.name(reader), Outcome.name(log.session().session().user()));
	}

}
