package io.irpc.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.autoconfigure.jdbc.IrpcJdbcJournalAutoConfiguration;
import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.journal.CursorStore;
import io.irpc.journal.CursorStore.Subscriber;
import io.irpc.journal.EventJournal;
import io.irpc.journal.JournalEntry;
import io.irpc.journal.Position;
import io.irpc.payload.PayloadConverter;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The daemon that is tormented: raises events in transactions, some of which are rolled
 * back.
 */
final class FaultDaemon {

	/**
	 * The user whom clients log in as.
	 */
	static final String USER = "monitor";

	/**
	 * Asks for the cursor that is stored of the durable subscription.
	 */
	static final String STORED = "stored";

	/**
	 * Asks it to raise no more events.
	 */
	static final String PAUSE = "pause";

	/**
	 * Asks it to write a file, the name of which follows, with all that it has committed.
	 */
	static final String TRUTH = "truth ";

	private static final int PAGE = 1000;

	private final ConfigurableApplicationContext context;

	private FaultDaemon(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static void main(String[] args) throws IOException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.security.user.name=" + USER)
			.run(args)) {
			FaultDaemon daemon = new FaultDaemon(context);
			ChildMain.answer(daemon.stored(), daemon::answer);
		}
	}

	private String answer(String question) {
		if (question.equals(STORED)) {
			return stored();
		}
		if (question.equals(PAUSE)) {
			this.context.getBean(EventWriters.class).stop();
			return "paused";
		}
		truth().write(Path.of(question.substring(TRUTH.length())));
		return "written";
	}

	private String stored() {
		Position stored = this.context.getBean(CursorStore.class).find(new Subscriber(USER, FaultClient.DURABLE));
		return Objects.requireNonNullElse(stored, Position.START).toString();
	}

	private Truth truth() {
		EventJournal journal = this.context.getBean(EventJournal.class);
		PayloadConverter converter = this.context.getBean(PayloadConverter.class);
		List<Truth.Entry> entries = new ArrayList<>();
		List<JournalEntry> page = journal.read(journal.oldest(), NumberedEvent.NAME, PAGE).entries();
		while (!page.isEmpty()) {
			for (JournalEntry entry : page) {
				NumberedEvent event = Objects.requireNonNull(converter.read(entry.arguments(), NumberedEvent.class));
				entries.add(new Truth.Entry(entry.position().value(), event));
			}
			page = journal.read(page.get(page.size() - 1).position(), NumberedEvent.NAME, PAGE).entries();
		}
		return new Truth(entries, new HashSet<>(this.context.getBean(EventWriters.class).committed()));
	}

	@SpringBootConfiguration
	@AutoConfigurationPackage
	@ImportAutoConfiguration({ LifecycleAutoConfiguration.class, JacksonAutoConfiguration.class,
			DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class, SecurityAutoConfiguration.class, IrpcSecurityAutoConfiguration.class,
			IrpcAutoConfiguration.class, IrpcJdbcJournalAutoConfiguration.class, IrpcEventAutoConfiguration.class,
			IrpcServerAutoConfiguration.class })
	@Import(EventWriters.class)
	static class Application {

	}

}
