package io.irpc.fault;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A Java process on the class path of the tests, which is told what to do and answers by
 * lines. It ends with its input, and so with the test.
 */
final class ChildProcess implements AutoCloseable {

	/**
	 * What begins the lines that are answers, among those of the log.
	 */
	static final String ANSWER = "ANSWER ";

	private static final int TIMEOUT_SECONDS = 60;

	private final Process process;

	private final File log;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private ChildProcess(Process process, File log) {
		this.process = process;
		this.log = log;
		Thread thread = new Thread(this::readAnswers, "fault-answers");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Start a process.
	 * @param main the class to run
	 * @param log the file to which it writes what is no answer
	 * @param properties the properties of its application
	 * @return the process
	 */
	static ChildProcess start(Class<?> main, File log, Map<String, String> properties) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName()));
		properties.forEach((key, value) -> command.add("--" + key + "=" + value));
		try {
			return new ChildProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Ask for something and wait for the answer.
	 * @param question the line to write
	 * @return what it answers
	 */
	String ask(String question) {
		try {
			this.process.outputWriter().append(question).append('\n').flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The process has ended, see " + this.log, ex);
		}
		return answer();
	}

	/**
	 * Wait for the next answer.
	 * @return the answer
	 */
	String answer() {
		try {
			String answer = this.answers.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
			if (answer == null) {
				throw new IllegalStateException("No answer, see " + this.log);
			}
			return answer;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Kill the process as {@code kill -9} does, and wait for its end.
	 */
	void kill() {
		try {
			this.process.destroyForcibly().waitFor();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	private void readAnswers() {
		try (BufferedReader reader = this.process.inputReader();
				PrintWriter rest = new PrintWriter(new FileWriter(this.log, StandardCharsets.UTF_8, true), true)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.startsWith(ANSWER)) {
					this.answers.add(line.substring(ANSWER.length()));
				}
				else {
					rest.println(line);
				}
			}
		}
		catch (IOException ex) {
			// it has been killed
		}
	}

}
