package io.irpc.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.irpc.payload.Payload;
import io.irpc.protocol.Response;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the calls of one session (protocol §6, feature {@code outcome}). An
 * id that is used again shows that the peer has its former answer, so only the last use
 * of each is kept. Safe for use by many threads.
 */
final class OutcomeLog {

	private static final int MAX_IDS = 4096;

	private final String token;

	private final SessionHandler session;

	private final long maxSize;

	private final Map<String, Outcome> byId = new LinkedHashMap<>();

	private long size;

	private boolean incomplete;

	/**
	 * Create a log.
	 * @param token what its peer calls it
	 * @param session the session
	 * @param maxSize bytes of answers
	 */
	OutcomeLog(String token, SessionHandler session, long maxSize) {
		this.token = token;
		this.session = session;
		this.maxSize = maxSize;
	}

	String token() {
		return this.token;
	}

	SessionHandler session() {
		return this.session;
	}

	synchronized long size() {
		return this.size;
	}

	/**
	 * Know that a call was taken.
	 * @param task the call, with an id
	 * @return the difference in bytes
	 */
	synchronized long taken(CommandTask task) {
		long before = this.size;
		Outcome former = this.byId.remove(task.id());
		this.size -= (former != null) ? former.size() : 0;
		Outcome outcome = new Outcome((former != null) ? former.use() + 1 : 1, task);
		this.byId.put(task.id(), outcome);
		task.outcome(outcome);
		if (this.byId.size() > MAX_IDS) {
			dropOldest();
		}
		return this.size - before;
	}

	/**
	 * Know that a call was answered.
	 * @param task the call
	 * @param response the answer
	 * @param scarce whether there is no memory to keep the answer
	 * @return the difference in bytes
	 */
	synchronized long answered(CommandTask task, Response response, boolean scarce) {
		Outcome outcome = task.outcome();
		if (outcome == null || this.byId.get(task.id()) != outcome) {
			return 0;
		}
		long before = this.size;
		// the order is that of the answers
		this.byId.remove(task.id());
		this.byId.put(task.id(), outcome);
		outcome.answered(task, response);
		if (scarce) {
			outcome.expire();
		}
		this.size += outcome.size();
		for (Outcome oldest : new ArrayList<>((this.size > this.maxSize) ? this.byId.values() : List.of())) {
			if (this.size > this.maxSize && oldest.size() > 0) {
				this.size -= oldest.size();
				oldest.expire();
			}
		}
		return this.size - before;
	}

	/**
	 * Know that a call will never be started.
	 * @param task the call
	 */
	synchronized void never(CommandTask task) {
		Outcome outcome = task.outcome();
		if (outcome != null) {
			outcome.never();
		}
	}

	/**
	 * Tell what has become of calls.
	 * @param ids their ids
	 * @param uses for each how many calls have had its id, empty if the peer does not use
	 * ids again
	 * @param reader who asks
	 * @return an object for each id
	 */
	synchronized Map<String, Payload> read(List<String> ids, List<Integer> uses, @Nullable SessionUser reader) {
		Map<String, Payload> result = new LinkedHashMap<>();
		for (int i = 0; i < ids.size(); i++) {
			result.put(ids.get(i),
					read(this.byId.get(ids.get(i)), (i < uses.size()) ? uses.get(i) : Integer.valueOf(0), reader));
		}
		return result;
	}

	private Payload read(@Nullable Outcome outcome, int use, @Nullable SessionUser reader) {
		if (outcome == null || use > outcome.use()) {
			return (this.incomplete ? Outcome.State.EXPIRED : Outcome.State.NEVER).toPayload();
		}
		return outcome.isVisibleTo(reader) ? outcome.toPayload() : Outcome.State.EXPIRED.toPayload();
	}

	private void dropOldest() {
		Iterator<Outcome> oldest = this.byId.values().iterator();
		while (oldest.hasNext()) {
			Outcome outcome = oldest.next();
			if (!outcome.isPending()) {
				this.size -= outcome.size();
				this.incomplete = true;
				oldest.remove();
				return;
			}
		}
	}

}
