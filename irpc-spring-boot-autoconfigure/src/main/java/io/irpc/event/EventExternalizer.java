package io.irpc.event;

import io.irpc.journal.EventJournal;
import io.irpc.payload.Payload;
import io.irpc.session.TraceParent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.util.ClassUtils;

/**
 * Writes published application events to the journal: converted at once on the thread
 * that raises them, appended in the transaction that is active if the journal takes part
 * in it, else after its commit (protocol §5). An event without a JSON form fails the one
 * who raises it.
 *
 * @since 0.1.0
 */
public final class EventExternalizer implements ApplicationListener<ApplicationEvent> {

	private static final boolean transactionsPresent = ClassUtils.isPresent(
			"org.springframework.transaction.support.TransactionSynchronization",
			EventExternalizer.class.getClassLoader());

	private final EventTypeRegistry types;

	private final EventJournal journal;

	private final int maxLength;

	private final RaiseObserver observer;

	/**
	 * Create an externalizer.
	 * @param types the published events
	 * @param journal the journal to append to
	 * @param maxLength length in bytes of the longest event
	 * @param observer sees each event that is raised
	 */
	public EventExternalizer(EventTypeRegistry types, EventJournal journal, int maxLength, RaiseObserver observer) {
		this.types = types;
		this.journal = journal;
		this.maxLength = maxLength;
		this.observer = observer;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		Object value = (event instanceof PayloadApplicationEvent<?> wrapper) ? wrapper.getPayload() : event;
		EventType type = this.types.find(value.getClass());
		if (type != null) {
			this.observer.raise(type.name(), (trace) -> raise(type, value, trace));
		}
	}

	private void raise(EventType type, Object value, @Nullable TraceParent trace) {
		Payload arguments = type.visibility().write(value);
		if (arguments.length() > this.maxLength) {
			throw new IllegalArgumentException("The event " + type.name() + " is too long: " + arguments.length()
					+ " bytes (expected: <= " + this.maxLength + ")");
		}
		if (!arguments.isObject()) {
			throw new IllegalArgumentException("The event " + type.name() + " is no JSON object, so it has no members");
		}
		if (!transactionsPresent || this.journal.joinsTransaction()
				|| !AfterCommit.run(() -> append(type, arguments, trace))) {
			append(type, arguments, trace);
		}
	}

	private void append(EventType type, Payload arguments, @Nullable TraceParent trace) {
		this.journal.append(type.name(), arguments, (trace != null) ? trace.toString() : null);
	}

}
