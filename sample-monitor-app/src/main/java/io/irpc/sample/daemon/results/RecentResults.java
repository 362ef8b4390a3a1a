package io.irpc.sample.daemon.results;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Holds the recent results in memory: as many as have together at most 100,000 files,
 * errors, stations and gaps, and always the last one. After a start they are the same as
 * before.
 */
@Component
public final class RecentResults {

	private static final Logger logger = LoggerFactory.getLogger(RecentResults.class);

	private final int maxWeight;

	private final Deque<FileResult> results;

	private int weight;

	/**
	 * Read the recent results.
	 * @param store where they are
	 * @throws IOException if the store cannot be read
	 */
	@Autowired
	public RecentResults(ResultStore store) throws IOException {
		this(store, 100_000);
	}

	RecentResults(ResultStore store, int maxWeight) throws IOException {
		this.maxWeight = maxWeight;
		List<FileResult> loaded = new ArrayList<>();
		for (Path file : store.newestFirst()) {
			try {
				FileResult result = store.read(file);
				loaded.add(result);
				this.weight += result.weight();
			}
			catch (IOException ex) {
				logger.warn("Result skipped that cannot be read: {}", ex.getMessage());
			}
			if (this.weight >= this.maxWeight) {
				break;
			}
		}
		loaded.sort(Comparator.comparing((result) -> result.file().at()));
		this.results = new ArrayDeque<>(loaded);
		trim();
	}

	/**
	 * Add the result of a file that was settled just now.
	 * @param result the result
	 */
	public synchronized void add(FileResult result) {
		this.weight += result.weight();
		this.results.addLast(result);
		trim();
	}

	private void trim() {
		while (this.weight > this.maxWeight && this.results.size() > 1) {
			this.weight -= this.results.removeFirst().weight();
		}
	}

	/**
	 * Return the results.
	 * @return a copy, oldest first
	 */
	synchronized List<FileResult> all() {
		return List.copyOf(this.results);
	}

	/**
	 * Return when the last of the results was reached.
	 * @return an instant that no error or verdict is after
	 */
	public Instant latest() {
		return all().stream().map((result) -> result.file().at()).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
	}

}
