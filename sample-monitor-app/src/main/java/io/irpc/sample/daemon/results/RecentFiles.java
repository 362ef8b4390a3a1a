package io.irpc.sample.daemon.results;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.irpc.sample.api.FileProcessed;
import io.irpc.sample.api.FilesService;

import org.springframework.stereotype.Component;

/**
 * Answers what became of the files from the recent results.
 */
@Component
final class RecentFiles implements FilesService {

	private final RecentResults results;

	RecentFiles(RecentResults results) {
		this.results = results;
	}

	@Override
	public List<FileProcessed> recent(int limit) {
		List<FileResult> newestFirst = new ArrayList<>(this.results.all());
		Collections.reverse(newestFirst);
		return newestFirst.stream().limit(limit).map(FileResult::file).toList();
	}

}
