package io.irpc.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is logged as a warning or an error while a test runs, by some loggers alone:
 * what others leave behind may write to the log at any time.
 */
public final class Alarms extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final List<Logger> loggers;

	/**
	 * Create an extension, to be registered.
	 * @param loggers the names of the loggers, each with all below it
	 */
	public Alarms(String... loggers) {
		this.loggers = Stream.of(loggers).map((name) -> (Logger) LoggerFactory.getLogger(name)).toList();
	}

	public List<String> messages() {
		return List.copyOf(this.messages);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		start();
		this.loggers.forEach((logger) -> logger.addAppender(this));
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.loggers.forEach((logger) -> logger.detachAppender(this));
		stop();
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
			this.messages.add(event.getLevel() + " " + event.getFormattedMessage());
		}
	}

}
