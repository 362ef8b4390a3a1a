package io.irpc.observation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.micrometer.common.docs.KeyName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chapter on observations has exactly the keys that there are.
 */
class IrpcObservationDocumentationTests {

	private static final Path CHAPTER = Path.of("../docs/src/docs/asciidoc/operations/observations.adoc");

	private static final Pattern ROW = Pattern.compile("(?m)^\\|`([a-z.]+)`\\n\\|`([a-z.]+)`\\n\\|(yes|no)\\n\\|\\S");

	@Test
	void whenChapterIsComparedWithTheEnumThenBothHaveTheSameKeys() throws IOException {
		List<String> documented = new ArrayList<>();
		Matcher row = ROW.matcher(Files.readString(CHAPTER));
		while (row.find()) {
			documented.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
		}
		List<String> declared = new ArrayList<>();
		for (IrpcObservationDocumentation observation : IrpcObservationDocumentation.values()) {
			declared.addAll(keys(observation, observation.getLowCardinalityKeyNames(), "yes"));
			declared.addAll(keys(observation, observation.getHighCardinalityKeyNames(), "no"));
		}
		assertThat(documented).containsExactlyElementsOf(declared);
	}

	@Test
	void whenChapterNamesMdcKeysAndTheTimerThenTheyAreThoseThatThereAre() throws IOException {
		assertThat(Files.readString(CHAPTER)).contains("`" + InvocationMdcHandler.SESSION + "`",
				"`" + InvocationMdcHandler.USER + "`", "`" + InvocationMdcHandler.FUNCTION + "`",
				"`" + DeliveryTimers.NAME + "`");
		assertThat(Stream.of(IrpcOutcome.values()).map((outcome) -> "`" + outcome + "`"))
			.allSatisfy((outcome) -> assertThat(Files.readString(CHAPTER)).contains(outcome));
	}

	private static List<String> keys(IrpcObservationDocumentation observation, KeyName[] keys, String bounded) {
		return Arrays.stream(keys)
			.map((key) -> observation.defaultName() + " " + key.asString() + " " + bounded)
			.toList();
	}

}
