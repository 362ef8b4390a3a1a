package io.irpc.benchmark.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Java process with the class path of this one, which is told and tells by lines.
 */
final class JavaProcess implements AutoCloseable {

	private final String name;

	private final Process process;

	private final PrintStream input;

	private final BufferedReader output;

	/**
	 * Start a process.
	 * @param main the class to run
	 * @param cpu the core to stay on, empty for all
	 * @param args arguments of the class
	 * @throws IOException if it cannot be started
	 */
	JavaProcess(Class<?> main, String cpu, List<String> args) throws IOException {
		this.name = main.getSimpleName() + args;
		List<String> command = new ArrayList<>();
		if (!cpu.isEmpty()) {
			command.addAll(List.of("taskset", "-c", cpu));
		}
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-Xms512m", "-Xmx512m"));
		command.addAll(Arrays.asList(System.getProperty("benchmark.jvm-args", "").trim().split("\\s+")));
		command.removeIf(String::isEmpty);
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(args);
		this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		this.input = new PrintStream(this.process.getOutputStream(), true, StandardCharsets.US_ASCII);
		this.output = this.process.inputReader(StandardCharsets.US_ASCII);
	}

	void send(String line) {
		this.input.println(line);
	}

	/**
	 * Wait for a line.
	 * @param keyword its first word
	 * @return its other words
	 * @throws IOException if the process ends before
	 */
	List<String> await(String keyword) throws IOException {
		List<String> words = read();
		while (!words.get(0).equals(keyword)) {
			words = read();
		}
		return words.subList(1, words.size());
	}

	/**
	 * Wait for a line of numbers.
	 * @param keyword its first word
	 * @return its other words
	 * @throws IOException if the process ends before
	 */
	double[] numbers(String keyword) throws IOException {
		return await(keyword).stream().mapToDouble(Double::parseDouble).toArray();
	}

	/**
	 * Wait for the next line.
	 * @return its words
	 * @throws IOException if the process ends before
	 */
	List<String> read() throws IOException {
		String line = this.output.readLine();
		if (line == null) {
			throw new IOException(this.name + " has ended before it told all");
		}
		return List.of(line.split(" "));
	}

	@Override
	public void close() throws InterruptedException {
		this.input.close();
		if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
			this.process.destroyForcibly();
		}
	}

}
