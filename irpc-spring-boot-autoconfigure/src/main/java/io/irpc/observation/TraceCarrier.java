package io.irpc.observation;

import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

/**
 * Takes the context of a trace from a tracer, as far as the protocol has a place for it:
 * {@code traceparent} (protocol §6). Used by one thread at a time.
 *
 * @since 0.1.0
 */
public final class TraceCarrier {

	private @Nullable TraceParent traceParent;

	TraceCarrier() {
	}

	/**
	 * Take what a propagator has to tell.
	 * @param carrier takes it
	 * @param key the name of a header
	 * @param value its value
	 */
	static void set(@Nullable TraceCarrier carrier, String key, String value) {
		if (carrier != null && key.equals(TraceParent.PARAMETER)) {
			carrier.traceParent = TraceParent.parse(value);
		}
	}

	/**
	 * Return what is sent.
	 * @return the context, {@code null} without a tracer
	 */
	public @Nullable TraceParent traceParent() {
		return this.traceParent;
	}

}
