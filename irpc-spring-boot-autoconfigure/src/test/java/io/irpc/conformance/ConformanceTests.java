package io.irpc.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.irpc.annotation.IrpcEvent;
import io.irpc.annotation.IrpcService;
import io.irpc.security.IrpcRules;
import io.irpc.security.IrpcSecurity;
import io.irpc.server.IrpcServer;
import io.irpc.support.RawClient;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays the exchanges recorded from the original implementation against a listener.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE,
		properties = { "irpc.server.port=0", "spring.security.user.name=root", "spring.security.user.password=irpc" })
class ConformanceTests {

	private static final JsonMapper mapper = new JsonMapper();

	@Autowired
	private IrpcServer server;

	@Autowired
	private ApplicationEventPublisher publisher;

	@TestFactory
	Stream<DynamicTest> exchangesAreAnsweredAsByTheOriginal() throws IOException {
		String text = new ClassPathResource("conformance/base.txt").getContentAsString(StandardCharsets.UTF_8);
		List<List<String>> sessions = new ArrayList<>(List.of(new ArrayList<>()));
		for (String line : text.lines().toList()) {
			if (line.isEmpty()) {
				sessions.add(new ArrayList<>());
			}
			else {
				sessions.get(sessions.size() - 1).add(line.replace("<TAB>", "\t"));
			}
		}
		// the monitor of testEvent goes on over a blank line of the recording
		return sessions.stream()
			.filter((lines) -> lines.stream().anyMatch((line) -> line.startsWith("C:")))
			.map((lines) -> DynamicTest.dynamicTest(lines.toString(), () -> play(lines)));
	}

	private void play(List<String> lines) {
		try (RawClient client = new RawClient(this.server.port())) {
			int answered = 0;
			for (String line : lines) {
				if (line.startsWith("C: ")) {
					client.send(line.substring(3).replace("<CR>", "\r"));
				}
				else if (line.startsWith("# when the server raises")) {
					this.publisher.publishEvent(new Item(1000));
				}
				else if (line.startsWith("# the JSON value is")) {
					assertThat(client.read()).startsWith(">22\t\t")
						.satisfies((answer) -> assertThat(json(answer)).isEqualTo(mapper.readTree("[\"á\\t\\n\"]")));
				}
				else if (line.startsWith("S: ")) {
					String expected = line.substring(3);
					String answer = String.valueOf(client.read());
					assertThat(head(answer)).isEqualTo(head(expected));
					assertThat(json(answer)).isEqualTo(json(expected));
					answered++;
				}
				else if (line.startsWith("S~ ")) {
					assertThat(client.read()).startsWith(line.substring(3));
					answered++;
				}
			}
			assertThat(client.ask("!ping@end")).as("nothing else was answered to %s", lines).isEqualTo(">end\t\tnull");
			assertThat(answered).isLessThanOrEqualTo(lines.size());
		}
	}

	private static String head(String line) {
		return line.substring(0, line.lastIndexOf('\t'));
	}

	private static Object json(String line) {
		return mapper.readTree(line.substring(line.lastIndexOf('\t') + 1));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Functions.class, EventPublication.class })
	static class Application {

		@Bean
		IrpcRules rules(IrpcSecurity irpc) {
			return irpc.authorize((rules) -> rules.anything().permitAll()).build();
		}

	}

	static class EventPublication {

		EventPublication(ApplicationEventPublisher publisher) {
			// makes the event known, as it is outside of the packages that are scanned
			publisher.publishEvent(new Item(0));
		}

	}

	@IrpcEvent("testEvent")
	record Item(int item) {

	}

	@IrpcService
	static class Functions {

		public List<Integer> sortlist(List<Integer> lista) {
			return lista.stream().sorted().toList();
		}

		public List<Object> reverselist(List<Object> lista) {
			List<Object> reversed = new ArrayList<>(lista);
			Collections.reverse(reversed);
			return reversed;
		}

		public double mysum(double[] itemlist) {
			return Arrays.stream(itemlist).sum();
		}

	}

}
