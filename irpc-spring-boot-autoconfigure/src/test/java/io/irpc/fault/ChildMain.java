package io.irpc.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * The side of a {@link ChildProcess} that answers.
 */
final class ChildMain {

	private ChildMain() {
	}

	/**
	 * Answer questions until the process that asks them ends.
	 * @param first what is answered although nobody has asked
	 * @param answers makes an answer of a question
	 * @throws IOException if the input cannot be read
	 */
	static void answer(String first, UnaryOperator<String> answers) throws IOException {
		System.out.println(ChildProcess.ANSWER + first);
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String question = questions.readLine(); question != null; question = questions.readLine()) {
			System.out.println(ChildProcess.ANSWER + answers.apply(question));
		}
	}

}
