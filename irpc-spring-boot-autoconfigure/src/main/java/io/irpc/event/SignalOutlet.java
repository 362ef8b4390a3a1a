package io.irpc.event;

import io.irpc.event.Selection.Selected;
import io.irpc.journal.Position;
import io.irpc.protocol.Response;
import io.irpc.session.IrpcSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Sends signals of a {@code monitor}: at most once, without an answer (protocol §5.1).
 */
final class SignalOutlet implements Outlet {

	private static final Log logger = LogFactory.getLog(SignalOutlet.class);

	private final IrpcSession session;

	private final String id;

	private volatile Position passed;

	SignalOutlet(IrpcSession session, String id, Position start) {
		this.session = session;
		this.id = id;
		this.passed = start;
	}

	@Override
	public int room() {
		return Integer.MAX_VALUE;
	}

	@Override
	public boolean isReady() {
		return true;
	}

	@Override
	public void send(Selected selected) {
		this.session.send(Response.signal(this.id, selected.shown()));
		this.passed = selected.entry().position();
	}

	@Override
	public void passed(Position position) {
		this.passed = position;
	}

	@Override
	public void truncated(Position oldest) {
		// the base protocol has no word for it
		logger.debug("A monitor on " + this.session + " has missed events: they are gone");
	}

	@Override
	public boolean isDurable() {
		return false;
	}

	@Override
	public Progress progress() {
		return new Progress(this.passed, null, 0);
	}

	@Override
	public void end() {
	}

	@Override
	public void discard() {
	}

}
