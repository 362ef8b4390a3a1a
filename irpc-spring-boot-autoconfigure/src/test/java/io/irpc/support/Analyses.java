package io.irpc.support;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Analyses failures of a start with the analyzers that are registered.
 */
public final class Analyses {

	private Analyses() {
	}

	/**
	 * Analyse a failure.
	 * @param failure what ended the start
	 * @return what the developer is told
	 */
	public static FailureAnalysis of(@Nullable Throwable failure) {
		Throwable cause = Objects.requireNonNull(failure, "The start did not fail");
		// those that need an application to be made are not ours
		return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (type, name, ex) -> {
		})
			.stream()
			.map((analyzer) -> analyzer.analyze(cause))
			.filter(Objects::nonNull)
			.map(Objects::requireNonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No analysis", cause));
	}

}
