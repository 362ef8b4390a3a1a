package io.irpc.sample.api;

/**
 * What became of a file.
 */
public enum Verdict {

	/**
	 * The measurements of the file count.
	 */
	PROCESSED,

	/**
	 * The file does not count at all.
	 */
	REJECTED

}
