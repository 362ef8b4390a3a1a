package io.irpc.event;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.Position;
import io.irpc.protocol.Argument;
import io.irpc.protocol.Command;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import io.irpc.session.PeerIdentity;
import io.irpc.session.ResponseListener;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Sends firings of a {@code callback}, whose answers are acknowledgements, never more
 * than a window of them unanswered (protocol §5.2).
 */
final class FiringOutlet implements Outlet {

	/**
	 * How far the cursor may be behind entries that were not selected before it is stored
	 * for their sake alone.
	 */
	private static final long STEP = 1000;

	/**
	 * How many windows of firings may wait for the answer of the first of them.
	 */
	private static final int MAX_WINDOWS = 4;

	/**
	 * How many bytes of arguments may be unanswered, however large the window is: the
	 * peer has to hold them.
	 */
	private static final int MAX_BYTES = 1024 * 1024;

	private final Deque<Firing> firings = new ArrayDeque<>();

	private final IrpcSession session;

	private final String name;

	private final int window;

	private final Acknowledgements acknowledgements;

	private final SubscriptionCounts counts;

	private final AtomicLong acknowledged = new AtomicLong();

	private final Runnable onRoom;

	private int unanswered;

	private long unansweredBytes;

	private Position cursor;

	private Position passed;

	private volatile Position settled;

	private volatile @Nullable Instant waitingSince;

	private boolean ended;

	private boolean discarded;

	/**
	 * Create an outlet.
	 * @param session the session
	 * @param name the name of the subscription
	 * @param window how many firings may be unanswered
	 * @param start the position before the first firing
	 * @param acknowledgements keeps how far everything is acknowledged
	 * @param counts counts the acknowledgements
	 * @param onRoom run when there may be room again
	 */
	FiringOutlet(IrpcSession session, String name, int window, Position start, Acknowledgements acknowledgements,
			SubscriptionCounts counts, Runnable onRoom) {
		this.session = session;
		this.name = name;
		this.window = window;
		this.cursor = start;
		this.passed = start;
		this.settled = start;
		this.counts = counts;
		this.acknowledgements = acknowledgements;
		this.onRoom = onRoom;
	}

	/**
	 * Return up to where everything is acknowledged.
	 * @return the position
	 */
	Position cursor() {
		return this.cursor;
	}

	@Override
	public Progress progress() {
		return new Progress(this.settled, this.waitingSince, this.acknowledged.get());
	}

	@Override
	public boolean isDurable() {
		return this.acknowledgements.areRemembered();
	}

	int window() {
		return this.window;
	}

	@Override
	public int room() {
		// the next answer makes room again
		if (this.unansweredBytes >= MAX_BYTES || (this.unanswered > 0 && this.session.isMemoryScarce())) {
			return 0;
		}
		return Math.min(this.window - this.unanswered, MAX_WINDOWS * this.window - this.firings.size());
	}

	@Override
	public boolean isReady() {
		// reading for each answer would be a read for each entry
		return 2 * room() >= this.window;
	}

	@Override
	public void send(Selected selected) {
		String trace = selected.entry().trace();
		boolean traced = trace != null && this.session.peer().supports(PeerIdentity.TRACE);
		send(new Firing(selected.entry().position(), selected.entry().time(), selected.encoded().length()),
				traced ? Map.of(TraceParent.PARAMETER, trace) : Map.of(), selected.encoded());
	}

	@Override
	public void passed(Position position) {
		this.passed = position;
		if (this.firings.isEmpty() && position.value() - this.cursor.value() >= STEP) {
			advance(position);
		}
		settle();
	}

	@Override
	public void truncated(Position oldest) {
		send(new Firing(oldest, null, 0), Map.of("truncated", "true"), List.of());
	}

	@Override
	public void end() {
		if (this.firings.isEmpty() && this.passed.isAfter(this.cursor)) {
			advance(this.passed);
		}
		this.ended = true;
	}

	@Override
	public void discard() {
		this.discarded = true;
	}

	private void send(Firing firing, Map<String, String> more, List<Argument> arguments) {
		Map<String, String> internals = new LinkedHashMap<>();
		internals.put("fired", this.name);
		internals.put("cursor", firing.position.toString());
		internals.putAll(more);
		this.unanswered++;
		this.unansweredBytes += firing.bytes;
		this.firings.add(firing);
		settle();
		this.session.pending().send(new Command("callback", null, internals, arguments), firing);
	}

	private void acknowledge() {
		Position answered = this.cursor;
		Firing oldest = this.firings.peek();
		while (oldest != null && oldest.answered) {
			answered = oldest.position;
			this.firings.poll();
			oldest = this.firings.peek();
		}
		if (this.firings.isEmpty() && this.passed.isAfter(answered)) {
			answered = this.passed;
		}
		if (answered.isAfter(this.cursor)) {
			advance(answered);
		}
		settle();
	}

	private void settle() {
		Firing oldest = this.firings.peek();
		this.settled = (oldest == null && this.passed.isAfter(this.cursor)) ? this.passed : this.cursor;
		this.waitingSince = (oldest != null) ? oldest.time : null;
	}

	private void advance(Position position) {
		this.cursor = position;
		if (!this.discarded) {
			this.acknowledgements.advance(position);
		}
	}

	/**
	 * One firing on its way.
	 */
	private final class Firing implements ResponseListener {

		private final Position position;

		private final @Nullable Instant time;

		private final int bytes;

		private boolean answered;

		Firing(Position position, @Nullable Instant time, int bytes) {
			this.position = position;
			this.time = time;
			this.bytes = bytes;
		}

		@Override
		public boolean received(Response response) {
			if (!response.isFinal()) {
				return false;
			}
			boolean acknowledges = response.type() == Response.Type.VALUE;
			if (acknowledges) {
				FiringOutlet.this.acknowledged.incrementAndGet();
				FiringOutlet.this.counts.acknowledged();
			}
			// one that failed comes again, if it is remembered that it did not arrive
			this.answered = acknowledges || !FiringOutlet.this.acknowledgements.areRemembered();
			FiringOutlet.this.unanswered--;
			FiringOutlet.this.unansweredBytes -= this.bytes;
			acknowledge();
			if (!FiringOutlet.this.ended) {
				FiringOutlet.this.onRoom.run();
			}
			return true;
		}

		@Override
		public void closed(String reason) {
		}

	}

	/**
	 * Keeps how far everything is acknowledged.
	 */
	interface Acknowledgements {

		/**
		 * Whatever is acknowledged is forgotten.
		 */
		Acknowledgements FORGOTTEN = new Acknowledgements() {

			@Override
			public boolean areRemembered() {
				return false;
			}

			@Override
			public void advance(Position position) {
			}

		};

		/**
		 * Return whether a later subscription goes on from here.
		 * @return {@code true} for a durable subscription
		 */
		boolean areRemembered();

		/**
		 * Know that everything up to a position is acknowledged.
		 * @param position the position
		 */
		void advance(Position position);

	}

}
