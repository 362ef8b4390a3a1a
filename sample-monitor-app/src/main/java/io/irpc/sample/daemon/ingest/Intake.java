package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

import io.irpc.sample.daemon.support.DataDirectory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Takes complete files out of the inbox, each by one rename.
 */
@Component
public final class Intake {

	/**
	 * Ending of a file of the inbox that is being uploaded.
	 */
	public static final String PARTIAL = ".part";

	private static final List<String> UNFINISHED = List.of(PARTIAL, ".tmp", ".filepart");

	private final DataDirectory directory;

	private final Timeline timeline;

	private final ApplicationEventPublisher events;

	Intake(DataDirectory directory, Timeline timeline, ApplicationEventPublisher events) {
		this.directory = directory;
		this.timeline = timeline;
		this.events = events;
	}

	/**
	 * Return whether a name says that its file is not complete or not meant for the
	 * daemon: hidden files, and the endings that people and programs use for uploads
	 * which they rename afterwards.
	 * @param name name of the file
	 * @return whether the file must stay where it is
	 */
	public static boolean isUnfinished(String name) {
		return name.startsWith(".") || UNFINISHED.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
	}

	/**
	 * Take a complete file. From then on it is settled sooner or later, and only once.
	 * @param file the file, anywhere in the inbox
	 * @param name name of the upload
	 * @throws IOException if the file cannot be moved: it is then still in the inbox
	 */
	public void take(Path file, String name) throws IOException {
		Arrival arrival = Arrival.of(this.directory, Timeline.id(this.timeline.next()), name);
		Files.move(file, arrival.path(), StandardCopyOption.ATOMIC_MOVE);
		this.events.publishEvent(new FileArrived());
	}

}
