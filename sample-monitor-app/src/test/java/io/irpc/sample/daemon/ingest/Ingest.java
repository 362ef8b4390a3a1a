package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.irpc.sample.daemon.results.FileResult;
import io.irpc.sample.daemon.results.RecentResults;
import io.irpc.sample.daemon.results.ResultStore;
import io.irpc.sample.daemon.settings.SettingsStore;
import io.irpc.sample.daemon.support.DataDirectory;
import io.irpc.sample.daemon.support.JsonFiles;
import io.irpc.sample.daemon.support.SampleProperties;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Everything from the inbox to the result, from one start of the daemon to its end.
 */
final class Ingest implements AutoCloseable {

	final MutableClock clock;

	final DataDirectory directory;

	final ResultStore store;

	final RecentResults recent;

	final SettingsStore settings;

	final Timeline timeline;

	final Intake intake;

	final InboxScanner scanner;

	final FileAnalyzer analyzer;

	final Announcements announcements;

	final Pipeline pipeline;

	final List<Object> events = new ArrayList<>();

	Ingest(Path root, MutableClock clock) throws IOException {
		this.clock = clock;
		this.directory = new DataDirectory(new SampleProperties(root, new SampleProperties.Ftp(0, "sensor", "sensor")));
		JsonFiles jsonFiles = new JsonFiles(JsonMapper.shared());
		this.store = new ResultStore(this.directory, jsonFiles);
		this.recent = new RecentResults(this.store);
		this.settings = new SettingsStore(this.directory, jsonFiles, this.events::add);
		this.timeline = new Timeline(clock, this.recent, this.directory);
		this.intake = new Intake(this.directory, this.timeline, this.events::add);
		this.scanner = new InboxScanner(this.directory, this.intake, this.settings, clock);
		this.analyzer = new FileAnalyzer(this.settings, this.timeline);
		this.announcements = announcements(root);
		this.pipeline = new Pipeline(this.directory, this.analyzer, this.store, this.recent, this.announcements);
	}

	private Announcements announcements(Path root) {
		DataSource database = new DriverManagerDataSource("jdbc:h2:file:" + root.resolve("events"));
		JdbcClient client = JdbcClient.create(database);
		client.sql("CREATE TABLE IF NOT EXISTS sample_announced (id VARCHAR(64) PRIMARY KEY)").update();
		return new Announcements(client, new TransactionTemplate(new JdbcTransactionManager(database)),
				this.events::add);
	}

	FileResult analyze(byte[] content) throws IOException {
		Arrival arrival = Arrival.of(this.directory, Timeline.id(this.timeline.next()), "x.csv");
		Files.write(arrival.path(), content);
		return this.analyzer.analyze(arrival);
	}

	<T> List<T> events(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	static List<String> names(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	@Override
	public void close() throws IOException {
		this.directory.close();
	}

}
