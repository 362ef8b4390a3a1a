package io.irpc.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Raise events in transactions of several threads. Each transaction writes rows beside
 * its events, in a table of the same database: these are the truth.
 */
class EventWriters implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(EventWriters.class);

	private static final int WRITERS = 3;

	private static final int MAX_EVENTS = 3;

	private static final int MAX_PAUSE_MILLIS = 40;

	private static final int MAX_WORK_MILLIS = 5;

	/**
	 * Apart from those of other processes, so that a number is never given again.
	 */
	private static final long NUMBERS_PER_PROCESS = 1_000_000_000;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transactions;

	private final ApplicationEventPublisher publisher;

	private final long process;

	private final List<Thread> threads = new ArrayList<>();

	private volatile boolean running;

	EventWriters(JdbcTemplate jdbc, PlatformTransactionManager transactionManager, ApplicationEventPublisher publisher,
			@Value("${fault.process}") long process) {
		this.jdbc = jdbc;
		this.transactions = new TransactionTemplate(transactionManager);
		this.publisher = publisher;
		this.process = process;
		jdbc.execute("CREATE TABLE IF NOT EXISTS truth (writer INT, number BIGINT, PRIMARY KEY (writer, number))");
	}

	List<NumberedEvent> committed() {
		return this.jdbc.query("SELECT writer, number FROM truth",
				(row, index) -> new NumberedEvent(row.getInt(1), row.getLong(2)));
	}

	@Override
	public void start() {
		this.running = true;
		for (int i = 1; i <= WRITERS; i++) {
			int writer = i;
			Thread thread = new Thread(() -> write(writer), "writer-" + i);
			thread.start();
			this.threads.add(thread);
		}
	}

	@Override
	public void stop() {
		this.running = false;
		try {
			for (Thread thread : this.threads) {
				thread.join();
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		this.threads.clear();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	private void write(int writer) {
		Random random = new Random(this.process * WRITERS + writer);
		long number = this.process * NUMBERS_PER_PROCESS;
		while (this.running) {
			int count = 1 + random.nextInt(MAX_EVENTS);
			boolean rolledBack = random.nextInt(5) == 0;
			try {
				commit(writer, number, count, rolledBack, random);
			}
			catch (RuntimeException ex) {
				logger.error("Cannot raise events", ex);
			}
			number += count;
			pause(random.nextInt(MAX_PAUSE_MILLIS));
		}
	}

	private void commit(int writer, long first, int count, boolean rolledBack, Random random) {
		this.transactions.executeWithoutResult((status) -> {
			for (int i = 0; i < count; i++) {
				this.jdbc.update("INSERT INTO truth VALUES (?, ?)", writer, first + i);
				this.publisher.publishEvent(new NumberedEvent(writer, first + i));
				pause(random.nextInt(MAX_WORK_MILLIS));
			}
			if (rolledBack) {
				status.setRollbackOnly();
			}
		});
	}

	private static void pause(int millis) {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
