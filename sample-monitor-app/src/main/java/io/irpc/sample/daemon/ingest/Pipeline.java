package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

import io.irpc.sample.api.FileProcessed;
import io.irpc.sample.api.Verdict;
import io.irpc.sample.daemon.results.FileResult;
import io.irpc.sample.daemon.results.RecentResults;
import io.irpc.sample.daemon.results.ResultStore;
import io.irpc.sample.daemon.support.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Settles the files that have arrived, each exactly once.
 * <p>
 * A file is settled by one rename, which puts its result into the {@link ResultStore}.
 * Whatever happens before leaves the file in {@code processing} without a result, so that
 * it is read again; whatever happens after leaves it there with its result, so that it is
 * only announced, unless it was, and put away. There is no other recovery after a crash.
 */
@Component
final class Pipeline {

	private static final Logger logger = LoggerFactory.getLogger(Pipeline.class);

	private final DataDirectory directory;

	private final FileAnalyzer analyzer;

	private final ResultStore store;

	private final RecentResults recent;

	private final Announcements announcements;

	Pipeline(DataDirectory directory, FileAnalyzer analyzer, ResultStore store, RecentResults recent,
			Announcements announcements) {
		this.directory = directory;
		this.analyzer = analyzer;
		this.store = store;
		this.recent = recent;
		this.announcements = announcements;
	}

	void settleAll() throws IOException {
		for (Arrival arrival : Arrival.list(this.directory)) {
			try {
				settle(arrival);
			}
			catch (IOException | RuntimeException ex) {
				logger.warn("{} is not settled and will be tried again: {}", arrival.path(), ex.toString());
			}
		}
	}

	private void settle(Arrival arrival) throws IOException {
		Optional<FileResult> settled = this.store.find(arrival.id());
		FileResult result = settled.isPresent() ? settled.get() : analyze(arrival);
		this.announcements.announce(result);
		putAway(arrival, result.file().verdict());
		this.announcements.forget(result);
	}

	private FileResult analyze(Arrival arrival) throws IOException {
		FileResult result = this.analyzer.analyze(arrival);
		this.store.write(result);
		this.recent.add(result);
		log(result);
		return result;
	}

	private void putAway(Arrival arrival, Verdict verdict) throws IOException {
		Path target = (verdict == Verdict.PROCESSED) ? this.directory.processed() : this.directory.rejected();
		Files.move(arrival.path(), target.resolve(arrival.path().getFileName()), StandardCopyOption.ATOMIC_MOVE);
	}

	private static void log(FileResult result) {
		FileProcessed file = result.file();
		if (file.verdict() == Verdict.PROCESSED) {
			logger.info("Processed {} (measurements: {}, stations: {}, bad lines: {}, out of range: {})", file.file(),
					file.measurements(), result.stations().size(), file.badLines(), file.outOfRange());
		}
		else {
			logger.info("Rejected {}: {}", file.file(), file.reason());
		}
	}

}
