package io.irpc.autoconfigure;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Properties of the journal of events.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.journal")
public class IrpcJournalProperties {

	/**
	 * Where to keep events.
	 */
	private Type type = Type.MEMORY;

	/**
	 * Number of events to keep.
	 */
	private int maxEvents = 100_000;

	/**
	 * Size of the arguments of the events to keep in memory.
	 */
	private DataSize maxSize = DataSize.ofMegabytes(64);

	/**
	 * Age up to which to keep events.
	 */
	private Duration maxAge = Duration.ofDays(7);

	public Type getType() {
		return this.type;
	}

	public void setType(Type type) {
		this.type = type;
	}

	public int getMaxEvents() {
		return this.maxEvents;
	}

	public void setMaxEvents(int maxEvents) {
		this.maxEvents = maxEvents;
	}

	public DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(DataSize maxSize) {
		this.maxSize = maxSize;
	}

	public Duration getMaxAge() {
		return this.maxAge;
	}

	public void setMaxAge(Duration maxAge) {
		this.maxAge = maxAge;
	}

	/**
	 * Kinds of journals.
	 */
	public enum Type {

		/**
		 * In memory, until the process ends.
		 */
		MEMORY,

		/**
		 * In the database of the application's {@code DataSource}.
		 */
		JDBC

	}

}
