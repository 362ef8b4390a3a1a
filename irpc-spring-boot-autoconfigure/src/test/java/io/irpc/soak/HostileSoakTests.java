package io.irpc.soak;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.irpc.support.RawClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fifty users beside thousands of hostile peers: each call of a user succeeds, and the
 * memory stays below the bound that the server tells.
 */
@Tag("soak")
class HostileSoakTests {

	private static final int USERS = 50;

	private static final int HOSTILE = 5000;

	private static final int MEBIBYTE = 1024 * 1024;

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final Queue<String> failures = new ConcurrentLinkedQueue<>();

	private final AtomicLong calls = new AtomicLong();

	@Test
	void whenHostilePeersDoTheirWorstThenUsersAreServedWithinTheMemoryBound() throws Exception {
		long end = System.nanoTime() + Duration.ofMinutes(Long.getLong("soak.minutes", 10)).toNanos();
		Process server = start();
		try (BufferedReader output = server.inputReader()) {
			int port = Integer.parseInt(find(output, SoakServer.PORT));
			List<Thread> users = new ArrayList<>();
			for (int i = 0; i < USERS; i++) {
				Thread user = new Thread(() -> callUntil(end, port), "user-" + i);
				user.start();
				users.add(user);
			}
			int opened;
			try (HostileCrowd crowd = new HostileCrowd(port)) {
				for (Thread user : users) {
					user.join();
				}
				opened = crowd.opened();
				System.out.println("Hostile connections: " + opened + ", at most " + crowd.mostOpen() + " at once");
			}
			server.outputWriter().append("report\n").flush();
			String[] figures = find(output, SoakServer.REPORT).split(" ");
			long heap = Long.parseLong(figures[0]);
			long direct = Long.parseLong(figures[1]);
			long bound = Long.parseLong(figures[2]);
			System.out.println("Calls: " + this.calls + ", failed: " + this.failures.size());
			System.out.println("Memory: heap " + heap / MEBIBYTE + " MiB, direct " + direct / MEBIBYTE
					+ " MiB beyond the start, bound " + bound / MEBIBYTE + " MiB");
			assertThat(this.failures).isEmpty();
			assertThat(opened).isGreaterThanOrEqualTo(HOSTILE);
			assertThat(heap + direct).isLessThanOrEqualTo(bound);
		}
		finally {
			server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
		}
	}

	private void callUntil(long end, int port) {
		try (RawClient client = new RawClient(port)) {
			for (int i = 0; System.nanoTime() < end; i++) {
				String answer = client.ask("!call@" + i + "\tfn:add\t=" + i + "\t=1");
				this.calls.incrementAndGet();
				if (!(">" + i + "\t\t" + (i + 1)).equals(answer)) {
					this.failures.add("call " + i + " was answered " + answer);
					return;
				}
				Thread.sleep(PAUSE.toMillis());
			}
		}
		catch (RuntimeException | InterruptedException ex) {
			this.failures.add(ex.toString());
		}
	}

	private static Process start() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-Xmx512m", "-XX:MaxDirectMemorySize=512m",
				"-Dirpc.server.ssl.directory=" + System.getProperty("irpc.server.ssl.directory"), "-cp",
				System.getProperty("java.class.path"), SoakServer.class.getName())
			.redirectError(new File("target/soak-server.log"))
			.start();
	}

	private static String find(BufferedReader output, String prefix) throws IOException {
		for (String line = output.readLine(); line != null; line = output.readLine()) {
			System.out.println(line);
			if (line.startsWith(prefix)) {
				return line.substring(prefix.length());
			}
		}
		throw new AssertionError("The server has ended, see target/soak-server.log");
	}

}
