package io.irpc.sample.daemon.ingest;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.irpc.sample.api.Settings;
import io.irpc.sample.daemon.settings.SettingsStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Runs the scanner and the pipeline in one thread, once per poll interval and whenever a
 * file arrives or the settings change.
 */
@Component
final class Worker implements SmartLifecycle {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

	private static final Logger logger = LoggerFactory.getLogger(Worker.class);

	private final InboxScanner scanner;

	private final Pipeline pipeline;

	private final SettingsStore settings;

	private final Semaphore wakeUps = new Semaphore(0);

	private volatile @Nullable Thread thread;

	Worker(InboxScanner scanner, Pipeline pipeline, SettingsStore settings) {
		this.scanner = scanner;
		this.pipeline = pipeline;
		this.settings = settings;
	}

	@EventListener({ FileArrived.class, Settings.class })
	void wakeUp() {
		this.wakeUps.release();
	}

	@Override
	public void start() {
		Thread started = new Thread(this::run, "ingest");
		this.thread = started;
		started.start();
	}

	private void run() {
		try {
			while (isRunning()) {
				runOnce();
				this.wakeUps.tryAcquire(this.settings.get().pollInterval().toMillis(), TimeUnit.MILLISECONDS);
				this.wakeUps.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			// nobody waits for this thread any more
		}
	}

	private void runOnce() {
		try {
			this.scanner.scan();
			this.pipeline.settleAll();
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The data directory cannot be read and will be tried again: {}", ex.toString());
		}
	}

	/**
	 * Let the file that is being read be settled. One that takes too long is read again
	 * after the next start.
	 */
	@Override
	public void stop() {
		Thread stopped = this.thread;
		this.thread = null;
		wakeUp();
		try {
			if (stopped != null) {
				stopped.join(STOP_TIMEOUT.toMillis());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

}
