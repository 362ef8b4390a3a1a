package io.irpc.benchmark.load;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares peers under each workload.
 */
public final class LoadRunner {

	private final Options options;

	private LoadRunner(Options options) {
		this.options = options;
	}

	/**
	 * Compare peers.
	 * @param args options, such as {@code --rounds=3}
	 * @throws Exception if a peer fails
	 */
	public static void main(String[] args) throws Exception {
		Map<String, String> defaults = Map.of("peers", String.join(",", Peers.names()), "workloads",
				"add-1x64,add-8x32,echo-1x64,add-1x1,blocking-1x64", "rounds", "3", "warm-up", "5", "seconds", "5",
				"cpu", "");
		new LoadRunner(new Options(defaults, args)).run();
	}

	private void run() throws Exception {
		for (String workload : this.options.list("workloads")) {
			Map<String, Contest.Start> contestants = new LinkedHashMap<>();
			this.options.list("peers").forEach((peer) -> contestants.put(peer, () -> start(peer, workload)));
			new Contest(this.options).run(workload, contestants);
		}
	}

	private Contestant start(String peer, String workload) throws Exception {
		String cpu = this.options.text("cpu");
		return new Contestant(new ServerProcess(peer, cpu), peer, workload, cpu);
	}

}
