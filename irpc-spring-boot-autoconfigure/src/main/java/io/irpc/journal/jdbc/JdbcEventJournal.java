package io.irpc.journal.jdbc;

import java.time.Instant;
import java.util.Objects;

import javax.sql.DataSource;

import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalFigures;
import io.irpc.journal.JournalPage;
import io.irpc.journal.Position;
import io.irpc.payload.Payload;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/**
 * A journal in a relational database, for any number of instances of an application
 * (protocol §5.2).
 * <p>
 * An event goes to an outbox first, in the transaction of who raises it: it is committed
 * or rolled back with the rest. Only then, by one short transaction after the other, the
 * instances move what is committed to the journal, where it has its position and its
 * time. Positions have no gaps and become visible in their order, whatever the
 * transactions of the application do: those that are slow to commit hold up nobody, and
 * their events come when they are committed. The events of two transactions of which one
 * began after the commit of the other are in that order.
 * <p>
 * While it runs, a thread waits for events: for own ones, and for those of other
 * instances, which PostgreSQL tells by {@code NOTIFY} and other databases are asked for.
 * An application without a transaction needs one connection at a time for an append; the
 * thread needs one more while it works, and a second thread keeps one more on PostgreSQL.
 * Appends before the start and after the stop wait in the outbox, for this instance or
 * another one. Entries have the time at which they got their positions.
 *
 * @since 0.1.0
 */
public final class JdbcEventJournal implements EventJournal, SmartLifecycle {

	private final KnownHead head;

	private final JournalReader reader;

	private final TransactionalOutbox outbox;

	private final JournalSignal signal;

	private final JournalWorker worker;

	private final RepeatedTask task;

	private final int phase;

	/**
	 * Create a journal on the tables of {@code schema-*.sql} in this package.
	 * @param dataSource the data source of the application's transactions
	 * @param settings what else it needs to know
	 * @throws org.springframework.dao.DataAccessException if there is no database or it
	 * has no such tables
	 */
	public JdbcEventJournal(DataSource dataSource, JdbcJournalSettings settings) {
		JournalDatabase database = new JournalDatabase(dataSource);
		this.head = new KnownHead(JournalState.read(database.jdbc()).head());
		this.reader = new JournalReader(database, this.head);
		this.signal = signal(dataSource);
		this.worker = new JournalWorker(database, this.head, this.signal, settings);
		this.task = new RepeatedTask("irpc-journal", this.worker::work, () -> {
		});
		this.outbox = new TransactionalOutbox(database, dataSource, this.task::wake);
		this.phase = settings.phase();
	}

	@Override
	public void append(String event, Payload arguments, @Nullable String trace) {
		this.outbox.add(event, arguments, trace);
	}

	@Override
	public boolean joinsTransaction() {
		return this.outbox.joinsTransaction();
	}

	@Override
	public JournalPage read(Position after, @Nullable String event, int limit) {
		return this.reader.read(after, event, limit);
	}

	@Override
	public JournalPage readBackwards(Position upTo, @Nullable String event, int limit) {
		return this.reader.readBackwards(upTo, event, limit);
	}

	@Override
	public Position before(Instant time) {
		return this.reader.before(time);
	}

	@Override
	public Position oldest() {
		return this.reader.oldest();
	}

	@Override
	public Position head() {
		return this.head.position();
	}

	@Override
	public JournalFigures figures() {
		return this.reader.figures();
	}

	@Override
	public void onAppend(Runnable appended) {
		this.head.onAdvance(appended);
	}

	@Override
	public void start() {
		this.task.start();
		this.signal.start(this.task::wake);
	}

	@Override
	public void stop() {
		this.signal.stop();
		this.task.stop();
	}

	@Override
	public boolean isRunning() {
		return this.task.isRunning();
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	JournalWorker worker() {
		return this.worker;
	}

	private static JournalSignal signal(DataSource dataSource) {
		try {
			return Objects.requireNonNull(
					JdbcUtils.extractDatabaseMetaData(dataSource, (metadata) -> PostgresSignal.isSupported(metadata)
							? new PostgresSignal(dataSource) : new JournalSignal.None()));
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("Cannot ask the database of the journal what it is", ex);
		}
	}

}
