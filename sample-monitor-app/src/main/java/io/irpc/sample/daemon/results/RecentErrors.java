package io.irpc.sample.daemon.results;

import java.time.Instant;
import java.util.List;

import io.irpc.sample.api.ErrorRaised;
import io.irpc.sample.api.ErrorsService;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Answers which errors were found from the recent results.
 */
@Component
final class RecentErrors implements ErrorsService {

	private final RecentResults results;

	RecentErrors(RecentResults results) {
		this.results = results;
	}

	@Override
	public List<ErrorRaised> list(@Nullable Instant since, int limit) {
		List<ErrorRaised> errors = this.results.all()
			.stream()
			.flatMap((result) -> result.errors().stream())
			.filter((error) -> since == null || error.at().isAfter(since))
			.toList();
		int excess = Math.max(0, errors.size() - limit);
		return (since != null) ? errors.subList(0, errors.size() - excess) : errors.subList(excess, errors.size());
	}

}
