package io.irpc.observation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.ToDoubleFunction;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalFigures;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the journal of events. What is not known, such as while the database does not
 * answer, is not a number.
 *
 * @since 0.1.0
 */
public final class JournalMeters implements MeterBinder {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private static final double MILLIS_PER_SECOND = 1000;

	private final EventJournal journal;

	private final BackgroundSample<JournalFigures> figures;

	private final Clock clock;

	/**
	 * Create meters.
	 * @param journal the journal
	 * @param readers runs reads of the journal, which may block
	 * @param clock the clock of the journal
	 */
	public JournalMeters(EventJournal journal, Executor readers, Clock clock) {
		this.journal = journal;
		this.figures = new BackgroundSample<>(journal::figures, readers, PATIENCE, System::nanoTime);
		this.clock = clock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		IrpcMeter.JOURNAL_HEAD.gauge(registry, this.journal, (journal) -> journal.head().value());
		IrpcMeter.JOURNAL_ENTRIES.gauge(registry, this.figures, known(JournalFigures::entries));
		IrpcMeter.JOURNAL_SIZE.gauge(registry, this.figures, known((held) -> orNaN(held.bytes())));
		IrpcMeter.JOURNAL_AGE.secondsGauge(registry, this.figures, known((held) -> age(held.oldest())));
	}

	private double age(@Nullable Instant oldest) {
		return (oldest != null)
				? Math.max(0, Duration.between(oldest, this.clock.instant()).toMillis() / MILLIS_PER_SECOND)
				: Double.NaN;
	}

	private static ToDoubleFunction<BackgroundSample<JournalFigures>> known(ToDoubleFunction<JournalFigures> value) {
		return (sample) -> {
			JournalFigures held = sample.get();
			return (held != null) ? value.applyAsDouble(held) : Double.NaN;
		};
	}

	private static double orNaN(@Nullable Long value) {
		return (value != null) ? value : Double.NaN;
	}

}
