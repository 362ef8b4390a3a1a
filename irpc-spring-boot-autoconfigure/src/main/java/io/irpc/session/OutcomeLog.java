package io.irpc.session;

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

	/**
	 * The one whose call was taken or answered last comes last.
	 */
	private final Map<String, Outcome> byId = new LinkedHashMap<>(16, 0.75F, true);

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
		Outcome outcome = this.byId.get(task.id());
		if (outcome == null) {
			outcome = new Outcome();
			this.byId.put(task.id(), outcome);
		}
		outcome.taken(task);
		long dropped = (this.byId.size() > MAX_IDS) ? dropOldest() : 0;
		this.size -= dropped;
		return -dropped;
	}

	/**
	 * Know that calls were answered.
	 * @param all the calls
	 * @param scarce whether there is no memory to keep the answers
	 * @return the difference in bytes
	 */
	synchronized long answered(List<CommandInbox.Answered> all, boolean scarce) {
		long before = this.size;
		for (CommandInbox.Answered answered : all) {
			Response response = answered.response();
			Outcome outcome = (response != null) ? this.byId.get(answered.task().id()) : null;
			if (response != null && outcome != null && outcome.isOf(answered.task())) {
				this.size -= outcome.size();
				outcome.answered(answered.task(), response);
				if (scarce) {
					outcome.expire();
				}
				this.size += outcome.size();
			}
		}
		if (this.size > this.maxSize) {
			expireOldest();
		}
		return this.size - before;
	}

	/**
	 * Know that a call will never be started.
	 * @param task the call
	 */
	synchronized void never(CommandTask task) {
		Outcome outcome = this.byId.get(task.id());
		if (outcome != null && outcome.isOf(task)) {
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

	private void expireOldest() {
		for (Outcome oldest : this.byId.values()) {
			if (this.size <= this.maxSize) {
				return;
			}
			this.size -= oldest.size();
			if (oldest.size() > 0) {
				oldest.expire();
			}
		}
	}

	private long dropOldest() {
		Iterator<Outcome> oldest = this.byId.values().iterator();
		while (oldest.hasNext()) {
			Outcome outcome = oldest.next();
			if (!outcome.isPending()) {
				this.incomplete = true;
				oldest.remove();
				return outcome.size();
			}
		}
		return 0;
	}

}
