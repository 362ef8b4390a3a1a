package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;

import io.irpc.sample.daemon.results.FileResult;
import io.irpc.sample.daemon.settings.SettingsStore;

import org.springframework.stereotype.Component;

/**
 * Reads an arrived file to its result.
 */
@Component
final class FileAnalyzer {

	/**
	 * Bounds the memory for the values of a file, which the percentile needs all at once.
	 */
	private static final long MAX_SIZE = 64 << 20;

	private final SettingsStore settings;

	private final Timeline timeline;

	FileAnalyzer(SettingsStore settings, Timeline timeline) {
		this.settings = settings;
		this.timeline = timeline;
	}

	FileResult analyze(Arrival arrival) {
		FileAnalysis analysis = new FileAnalysis(arrival, this.settings.get(), this.timeline);
		try {
			read(arrival, analysis);
			return analysis.processed();
		}
		catch (RejectedException ex) {
			return analysis.rejected(ex.getMessage());
		}
		catch (CharacterCodingException ex) {
			return analysis.rejected("not a text in UTF-8");
		}
		catch (IOException ex) {
			return analysis.rejected("not readable, " + ex);
		}
	}

	private static void read(Arrival arrival, FileAnalysis analysis) throws IOException, RejectedException {
		long size = Files.size(arrival.path());
		if (size > MAX_SIZE) {
			throw new RejectedException("size: " + size + " bytes (expected: <= " + MAX_SIZE + ")");
		}
		try (LineReader lines = new LineReader(arrival.path())) {
			String line = lines.readLine();
			while (line != null) {
				analysis.addLine(lines.lineNumber(), line);
				line = lines.readLine();
			}
		}
	}

}
