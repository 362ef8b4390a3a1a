package io.irpc.docs.daemon;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Keeps the errors in memory.
 */
// tag::log[]
@Component
class ErrorLog implements ErrorService {

	private final Deque<ErrorRecord> records = new ConcurrentLinkedDeque<>();

	private final ApplicationEventPublisher publisher;

	ErrorLog(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public List<ErrorRecord> list(int limit) {
		return this.records.stream().limit(limit).toList();
	}

	@Override
	public void report(String file, int line, String message) {
		ErrorRecord error = new ErrorRecord(file, line, message);
		this.records.addFirst(error);
		this.publisher.publishEvent(error);
	}

}
// end::log[]
