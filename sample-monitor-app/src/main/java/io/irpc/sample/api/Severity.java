package io.irpc.sample.api;

/**
 * How urgent an error is.
 */
public enum Severity {

	/**
	 * A line that could not be read.
	 */
	LOW,

	/**
	 * A value out of range, or a rejected file.
	 */
	HIGH

}
