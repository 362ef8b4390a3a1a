package io.irpc.client;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.irpc.support.ScriptedServer;
import org.jspecify.annotations.Nullable;

/**
 * A server whose side of {@code callback} is played by a test.
 */
final class CallbackServer implements AutoCloseable {

	static final String UNKNOWN = "Exception\t\"Error. callback not registered.\"";

	private final BlockingQueue<String> adds = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> others = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> monitors = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private final Semaphore synced = new Semaphore(0);

	private final ScriptedServer server = new ScriptedServer(0, this::answer);

	/**
	 * Makes the answer of {@code add}, what stands behind the id.
	 */
	volatile UnaryOperator<String> add = (line) -> "\t{\"cursor\":\"0\"}";

	/**
	 * Makes the answer of every other {@code callback}, {@code null} for none.
	 */
	volatile UnaryOperator<@Nullable String> other = (line) -> "\tnull";

	int port() {
		return this.server.port();
	}

	void fire(String id, String fields) {
		this.server.send("!callback@" + id + "\t" + fields);
	}

	/**
	 * Fire {@code errs} with the cursor and the number of an error.
	 * @param numbers the numbers, which are the ids as well
	 */
	void fireErrors(int... numbers) {
		for (int number : numbers) {
			fire("f" + number, "fired:errs\tcursor:" + number + "\tn=" + number);
		}
	}

	void send(String line) {
		this.server.send(line);
	}

	/**
	 * Wait until the client has received what was sent before.
	 */
	void sync() throws InterruptedException {
		this.server.send("!ping@sync");
		if (!this.synced.tryAcquire(10, TimeUnit.SECONDS)) {
			throw new IllegalStateException("no answer to a ping within 10 s");
		}
	}

	void cut() {
		this.server.cut();
	}

	/**
	 * Return the next {@code add}.
	 * @return the line without id
	 */
	String nextAdd() throws InterruptedException {
		return next(this.adds);
	}

	String nextOther() throws InterruptedException {
		return next(this.others);
	}

	/**
	 * Return the next {@code monitor}.
	 * @return its id
	 */
	String nextMonitor() throws InterruptedException {
		return next(this.monitors);
	}

	/**
	 * Return the next answer of a firing.
	 * @return the line
	 */
	String nextAnswer() throws InterruptedException {
		return next(this.answers);
	}

	BlockingQueue<String> answers() {
		return this.answers;
	}

	BlockingQueue<String> adds() {
		return this.adds;
	}

	static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
		return Objects.requireNonNull(queue.poll(10, TimeUnit.SECONDS), "nothing within 10 s");
	}

	private @Nullable String answer(String line) {
		if (line.startsWith(">sync\t")) {
			this.synced.release();
			return null;
		}
		if (line.startsWith(">")) {
			this.answers.add(line);
			return null;
		}
		int tab = line.indexOf('\t');
		String head = (tab >= 0) ? line.substring(0, tab) : line;
		String id = head.substring(head.indexOf('@') + 1);
		String rest = line.substring(head.length()).strip();
		if (rest.startsWith("add:")) {
			this.adds.add(rest);
			String answer = this.add.apply(rest);
			return ">" + id + "\t" + answer;
		}
		if (head.startsWith("!callback")) {
			String answer = this.other.apply(rest);
			this.others.add(id + " " + rest);
			return (answer != null) ? ">" + id + "\t" + answer : null;
		}
		if (head.startsWith("!monitor")) {
			this.monitors.add(id);
			return ">" + id + "\t\tnull";
		}
		return ">" + id + "\tException\t\"Error. " + head.substring(1, head.indexOf('@')) + " not registered.\"";
	}

	@Override
	public void close() {
		this.server.close();
	}

}
