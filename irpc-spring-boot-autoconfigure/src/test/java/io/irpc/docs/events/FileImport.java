package io.irpc.docs.events;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Raises events inside a transaction.
 */
@Component
class FileImport {

	private final List<String> rescans = Collections.synchronizedList(new ArrayList<>());

	private final ApplicationEventPublisher publisher;

	FileImport(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	// tag::transaction[]
	@Transactional
	void importFile(String file, List<String> lines) {
		this.publisher.publishEvent(new FileProcessed(file, lines.size(), Instant.now()));
		lines.forEach(this::store);
	}
	// end::transaction[]

	// tag::listener[]
	@EventListener
	void rescan(RescanRequested request) {
		this.rescans.add(request.directory());
	}
	// end::listener[]

	List<String> rescans() {
		return this.rescans;
	}

	private void store(String line) {
		if (line.isBlank()) {
			throw new IllegalArgumentException("A line is blank");
		}
	}

}
