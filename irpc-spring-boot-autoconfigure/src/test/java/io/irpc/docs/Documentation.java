package io.irpc.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.irpc.test.IrpcTestClient;
import io.irpc.test.IrpcTestConnection;
import org.junit.jupiter.api.DynamicTest;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The files of the documentation.
 */
public final class Documentation {

	private static final Path DIRECTORY = Path.of(System.getProperty("basedir", "."))
		.resolve("../docs/src/docs/asciidoc")
		.normalize();

	private static final Pattern SESSION = Pattern.compile("\"session\":\"([0-9a-f]{32})\"");

	private Documentation() {
	}

	public static Path file(String name) {
		Path file = DIRECTORY.resolve(name);
		assertThat(file).isRegularFile();
		return file;
	}

	public static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static String text(String name) {
		return String.join("\n", lines(file(name)));
	}

	/**
	 * Let an application have a configuration of the documentation.
	 * @param yaml the text of the configuration
	 * @return adds it to a context
	 */
	public static ApplicationContextInitializer<ConfigurableApplicationContext> configuration(String yaml) {
		Resource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
		return (context) -> {
			try {
				new YamlPropertySourceLoader().load("documentation", resource)
					.forEach(context.getEnvironment().getPropertySources()::addFirst);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		};
	}

	/**
	 * Make a test of each transcript of an application.
	 * @param application what the names of the transcripts begin with
	 * @param client types their lines
	 * @return the tests
	 */
	public static Stream<DynamicTest> transcripts(String application, IrpcTestClient client) {
		List<DynamicTest> tests = new ArrayList<>();
		try (Stream<Path> files = Files.list(DIRECTORY.resolve("transcripts"))) {
			files.filter((file) -> file.getFileName().toString().startsWith(application + "-"))
				.sorted()
				.forEach((file) -> tests
					.add(DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> play(file, client))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(tests).isNotEmpty();
		return tests.stream();
	}

	private static void play(Path file, IrpcTestClient client) {
		String token = "";
		List<String> connection = new ArrayList<>();
		for (String line : lines(file)) {
			if (line.startsWith("$")) {
				token = play(connection, token, client);
				connection.clear();
			}
			else if (!line.startsWith("//")) {
				connection.add(line);
			}
		}
		play(connection, token, client);
	}

	private static String play(List<String> lines, String formerToken, IrpcTestClient client) {
		String token = formerToken;
		try (IrpcTestConnection connection = client.connect()) {
			List<String> expected = new ArrayList<>();
			Set<String> firings = new HashSet<>();
			for (String line : lines) {
				if (line.contains("\tfired:")) {
					expected.add(withoutVariables(line));
					firings.add(line.substring(line.indexOf('@') + 1, line.indexOf('\t')));
				}
				else if (line.startsWith(">") && !firings.contains(line.substring(1, line.indexOf('\t')))) {
					expected.add(withoutVariables(line));
				}
				else {
					token = check(connection, expected, token);
					connection.send(line.replaceAll("session:[0-9a-f]{32}", "session:" + token));
				}
			}
			token = check(connection, expected, token);
			assertThat(connection.exchange("!ping@end")).as("nothing else is answered").containsExactly(">end\t\tnull");
		}
		return token;
	}

	// signals and answers with different ids come in any order
	private static String check(IrpcTestConnection connection, List<String> expected, String formerToken) {
		String token = formerToken;
		List<String> answers = new ArrayList<>();
		for (int i = 0; i < expected.size(); i++) {
			String answer = String.valueOf(connection.read());
			answers.add(withoutVariables(answer));
			Matcher session = SESSION.matcher(answer);
			token = session.find() ? session.group(1) : token;
		}
		assertThat(answers).containsExactlyInAnyOrderElementsOf(expected);
		expected.clear();
		return token;
	}

	private static String withoutVariables(String line) {
		return line.replaceAll("\\b[0-9a-f]{16}\\b", "REFERENCE")
			.replaceAll("\\b[0-9a-f]{32}\\b", "TOKEN")
			.replaceAll("(cursor|from|to)(\":\"|:)\\d+", "$1$2CURSOR")
			.replaceAll("\"\\d{4}-\\d\\d-\\d\\dT[^\"]+\"", "TIME");
	}

}
