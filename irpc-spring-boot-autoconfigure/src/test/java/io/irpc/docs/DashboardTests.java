package io.irpc.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.irpc.autoconfigure.observation.IrpcObservationAutoConfiguration;
import io.irpc.client.IrpcClient;
import io.irpc.observation.MeteredApplication;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Compares the queries of the Grafana dashboard with what Prometheus scrapes of a running
 * application.
 */
class DashboardTests {

	private static final Pattern LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

	private static final Pattern SAMPLE = Pattern.compile("([a-z]\\w*)(?:\\{(.*)})? \\S+");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	private static final Pattern VARIABLE = Pattern.compile("label_values\\(\\{__name__=~\"([\\w|]+)\"}, (\\w+)\\)");

	/**
	 * What whoever scrapes adds to everything.
	 */
	private static final Set<String> TARGET_LABELS = Set.of("instance", "job");

	private static final Pattern ALERTS = Pattern.compile("\\[source,promql]\n----\n(.*?)\n----", Pattern.DOTALL);

	/**
	 * A part of a timer, of which a panel shows what it needs.
	 */
	private static final Pattern TIMER = Pattern.compile("_seconds_(g?count|g?sum|max|bucket)$");

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final JsonNode dashboard = dashboard();

	@TempDir
	private Path directory;

	@Test
	void everyQueryAsksForMetersAndLabelsThatThereAre() {
		Scrape scrape = scrape();
		List<JsonNode> targets = this.dashboard.findParents("expr");
		assertThat(targets).hasSizeGreaterThan(20);
		Set<String> asked = new TreeSet<>();
		for (JsonNode target : targets) {
			PromQuery query = PromQuery.parse(target.path("expr").asString());
			assertThat(query.metrics()).as(query.text()).isNotEmpty();
			asked.addAll(query.metrics());
			query.selectors().forEach((selector) -> scrape.check(selector, query.text()));
			for (String metric : query.metrics()) {
				assertThat(scrape.labels(metric)).as("labels in " + query.text()).containsAll(query.grouping());
			}
			checkLegend(target.path("legendFormat").asString(), query);
		}
		assertThat(scrape.own()).filteredOn((metric) -> !TIMER.matcher(metric).find())
			.as("meters that no panel shows")
			.isSubsetOf(with(asked, "irpc_journal_size_bytes", "irpc_client_connections_total",
					"irpc_client_messages_total"));
	}

	@Test
	void alertsOfTheChapterAskForMetersAndLabelsThatThereAre() {
		Scrape scrape = scrape();
		List<String> alerts = ALERTS.matcher(Documentation.text("operations/meters.adoc"))
			.results()
			.flatMap((block) -> block.group(1).lines())
			.toList();
		assertThat(alerts).hasSizeGreaterThan(5);
		for (String alert : alerts) {
			PromQuery query = PromQuery.parse(alert);
			assertThat(query.metrics()).as(alert).isNotEmpty();
			query.selectors().forEach((selector) -> scrape.check(selector, alert));
			query.metrics()
				.forEach((metric) -> assertThat(scrape.labels(metric)).as(alert).containsAll(query.grouping()));
		}
	}

	@Test
	void queriesThatAreNotUnderstoodAreRefused() {
		for (String query : List.of("sum(a", "a)", "ratte(a[1m])", "a{b}", "a;b", "sum by (a", "a{b=\"c\"")) {
			assertThatIllegalArgumentException().as(query)
				.isThrownBy(() -> PromQuery.parse(query))
				.withMessageStartingWith("Not understood");
		}
	}

	@Test
	void dataSourceAndInstanceAreVariablesOfTheDashboard() {
		Map<String, JsonNode> variables = new TreeMap<>();
		this.dashboard.path("templating")
			.path("list")
			.forEach((variable) -> variables.put(variable.path("name").asString(), variable));
		assertThat(variables).containsOnlyKeys("datasource", "instance");
		assertThat(this.dashboard.findValues("datasource")).isNotEmpty()
			.allSatisfy((source) -> assertThat(source.path("uid").asString()).isEqualTo("${datasource}"));
		Matcher query = VARIABLE
			.matcher(Objects.requireNonNull(variables.get("instance")).path("query").path("query").asString());
		assertThat(query.matches()).isTrue();
		assertThat(TARGET_LABELS).contains(query.group(2));
		assertThat(scrape().own()).contains(query.group(1).split("\\|"));
		for (JsonNode target : this.dashboard.findParents("expr")) {
			PromQuery parsed = PromQuery.parse(target.path("expr").asString());
			assertThat(parsed.selectors()).as(parsed.text())
				.allSatisfy((selector) -> assertThat(selector.matchers()).containsEntry("instance", "=~$instance"));
		}
	}

	@Test
	void panelsDoNotOverlapAndHaveNumbersOfTheirOwn() {
		Set<String> cells = new HashSet<>();
		Set<Integer> ids = new HashSet<>();
		for (JsonNode panel : this.dashboard.path("panels")) {
			assertThat(ids.add(panel.path("id").asInt())).as(panel.path("title").asString()).isTrue();
			JsonNode place = panel.path("gridPos");
			for (int x = 0; x < place.path("w").asInt(); x++) {
				for (int y = 0; y < place.path("h").asInt(); y++) {
					String cell = (place.path("x").asInt() + x) + "/" + (place.path("y").asInt() + y);
					assertThat(cells.add(cell)).as(panel.path("title").asString() + " at " + cell).isTrue();
				}
			}
			assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
		}
	}

	private static void checkLegend(String legend, PromQuery query) {
		Matcher label = LEGEND.matcher(legend);
		while (label.find()) {
			if (query.isGrouped()) {
				assertThat(query.grouping()).as("legend of " + query.text()).contains(label.group(1));
			}
			else {
				assertThat(TARGET_LABELS).as("legend of " + query.text()).contains(label.group(1));
			}
		}
	}

	private Scrape scrape() {
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		List<String> lines = new ArrayList<>();
		observed(MeteredApplication.runner(registry, this.directory)).run((context) -> {
			MeteredApplication.awaitHome(context);
			context.getBean(IrpcClient.class).call("echo").argument("text", "a").retrieve(String.class);
			context.publishEvent(new MeteredApplication.Done(1));
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> registry.find("irpc.server.events")
					.timers()
					.stream()
					.anyMatch((timer) -> timer.count() > 0));
			lines.addAll(registry.scrape().lines().toList());
		});
		return Scrape.of(lines);
	}

	private static ApplicationContextRunner observed(ApplicationContextRunner runner) {
		return runner
			.withConfiguration(
					AutoConfigurations.of(ObservationAutoConfiguration.class, IrpcObservationAutoConfiguration.class))
			.withPropertyValues(Documentation.text("operations/meters.adoc")
				.lines()
				.filter((line) -> line.startsWith("management."))
				.toArray(String[]::new));
	}

	private static Set<String> with(Set<String> names, String... more) {
		Set<String> all = new TreeSet<>(names);
		all.addAll(List.of(more));
		return all;
	}

	private static JsonNode dashboard() {
		try {
			return new JsonMapper().readTree(Files.readString(Documentation.file("../grafana/irpc.json")));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What was scraped.
	 *
	 * @param metrics the values of each label by metric
	 */
	private record Scrape(Map<String, Map<String, Set<String>>> metrics) {

		static Scrape of(List<String> lines) {
			Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
			for (String line : lines) {
				Matcher sample = SAMPLE.matcher(line);
				if (line.startsWith("irpc_") && sample.matches()) {
					Map<String, Set<String>> labels = metrics.computeIfAbsent(sample.group(1),
							(name) -> new TreeMap<>());
					Matcher label = LABEL.matcher((sample.group(2) != null) ? sample.group(2) : "");
					while (label.find()) {
						labels.computeIfAbsent(label.group(1), (name) -> new TreeSet<>()).add(label.group(2));
					}
				}
			}
			assertThat(metrics).isNotEmpty();
			return new Scrape(metrics);
		}

		Set<String> own() {
			return this.metrics.keySet();
		}

		Set<String> labels(String metric) {
			Set<String> labels = new HashSet<>(TARGET_LABELS);
			labels.addAll(Objects.requireNonNull(this.metrics.get(metric), metric).keySet());
			return labels;
		}

		void check(PromQuery.Selector selector, String query) {
			assertThat(labels(selector.metric())).as("labels in " + query).containsAll(selector.matchers().keySet());
			Map<String, Set<String>> scraped = this.metrics.getOrDefault(selector.metric(), Map.of());
			selector.matchers().forEach((label, value) -> {
				if (scraped.containsKey(label)) {
					assertThat(scraped.get(label)).as("values of " + label + " in " + query)
						.contains(value.replaceFirst("^!?=", ""));
				}
			});
		}

	}

}
