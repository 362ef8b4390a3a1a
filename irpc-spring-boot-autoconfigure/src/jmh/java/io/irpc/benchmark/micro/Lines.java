package io.irpc.benchmark.micro;

/**
 * Lines, without their line feeds.
 */
public enum Lines {

	/**
	 * The call of a function with one number.
	 */
	CALL("!call@1a\tfn:add\t=123456"),

	/**
	 * The call of a function with one record.
	 */
	ORDER_CALL("!call@1a\tfn:echo\torder=" + Order.JSON),

	/**
	 * The answer to a call.
	 */
	ANSWER(">1a\t\ttrue");

	private final String text;

	Lines(String text) {
		this.text = text;
	}

	/**
	 * Return the line.
	 * @return its text
	 */
	public String text() {
		return this.text;
	}

}
