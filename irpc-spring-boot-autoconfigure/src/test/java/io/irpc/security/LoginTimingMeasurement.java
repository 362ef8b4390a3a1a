package io.irpc.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.irpc.annotation.IrpcService;
import io.irpc.support.RawClient;
import io.irpc.support.ServerRunner;
import org.junit.jupiter.api.Test;

import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Measures over the wire whether the time of a refused login tells an unknown user from a
 * wrong password. Not run with the other tests: {@code mvn test -Ptiming}.
 */
class LoginTimingMeasurement {

	private static final int SAMPLES = 2_000;

	private static final int SESSIONS = 10;

	private static final int TRIES = 3;

	private static final double TOLERANCE_MILLIS = 5;

	@Test
	void unknownUserTakesAsLongAsWrongPassword() {
		ServerRunner.secured(Application.class)
			.withPropertyValues("irpc.server.login.refusal-time=500ms")
			.run((context) -> {
				measure(context, SESSIONS * TRIES, "warm-up");
				List<Sample> samples = measure(context, 2 * SAMPLES, "user");
				double unknown = report("unknown user", samples, false);
				double known = report("wrong password", samples, true);
				assertThat(unknown).isCloseTo(known, within(TOLERANCE_MILLIS));
			});
	}

	private static List<Sample> measure(ApplicationContext context, int count, String name) throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(SESSIONS);
		try {
			List<Callable<List<Sample>>> tasks = new ArrayList<>();
			for (int from = 0; from < count; from += TRIES) {
				int first = from;
				tasks.add(() -> tries(context, first, Math.min(first + TRIES, count), name));
			}
			List<Sample> samples = new ArrayList<>();
			for (Future<List<Sample>> task : clients.invokeAll(tasks)) {
				samples.addAll(task.get());
			}
			return samples;
		}
		finally {
			clients.shutdownNow();
		}
	}

	private static List<Sample> tries(ApplicationContext context, int from, int to, String name) {
		List<Sample> samples = new ArrayList<>();
		try (RawClient client = ServerRunner.connect(context)) {
			for (int i = from; i < to; i++) {
				boolean known = i % 2 == 0;
				String user = (known ? "known-" : "unknown-") + name + i;
				long start = System.nanoTime();
				String answer = client.ask("!call@1\tfn:login\t=\"" + user + "\"\t=\"wrong\"");
				double millis = (System.nanoTime() - start) / 1e6;
				assertThat(answer).isEqualTo(">1\t\tfalse");
				samples.add(new Sample(known, millis));
			}
		}
		return samples;
	}

	private static double report(String name, List<Sample> samples, boolean known) {
		List<Double> times = new ArrayList<>();
		samples.stream().filter((sample) -> sample.known() == known).forEach((sample) -> times.add(sample.millis()));
		Collections.sort(times);
		System.out.printf(Locale.ROOT,
				"LoginTimingMeasurement: %-14s %d samples, ms: min %.2f, 5%% %.2f, median %.2f, 95%% %.2f, max %.2f%n",
				name, times.size(), percentile(times, 0), percentile(times, 0.05), percentile(times, 0.5),
				percentile(times, 0.95), percentile(times, 1));
		return percentile(times, 0.5);
	}

	private static double percentile(List<Double> sorted, double share) {
		return sorted.get((int) Math.round(share * (sorted.size() - 1)));
	}

	private record Sample(boolean known, double millis) {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Functions.class)
	static class Application {

		private final String password = "{bcrypt}"
				+ Objects.requireNonNull(new BCryptPasswordEncoder().encode("right"));

		@Bean
		UserDetailsService users() {
			return (name) -> {
				if (name.startsWith("unknown")) {
					throw new UsernameNotFoundException("unknown");
				}
				return User.withUsername(name).password(this.password).roles("USER").build();
			};
		}

	}

	@IrpcService
	static class Functions {

		public String greet() {
			return "hello";
		}

	}

}
