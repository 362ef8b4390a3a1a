package io.irpc.session;

import io.irpc.protocol.Response;

/**
 * Where the elements of a stream go. Used by one thread at a time.
 */
interface StreamElements {

	/**
	 * Take an element.
	 * @param element the element
	 * @throws RuntimeException if it has no JSON form or exceeds a limit
	 */
	void add(Object element);

	/**
	 * Return whether more should come now.
	 * @return {@code false} while the peer does not take what it was sent
	 */
	boolean isReady();

	/**
	 * Return whether the peer can still ask for more.
	 * @return {@code false} if it will send nothing more
	 */
	boolean canBeAskedFor();

	/**
	 * Return how many elements may come before the peer asks for more.
	 * @return the number
	 */
	long initialCredit();

	/**
	 * End the stream.
	 * @return the final response
	 */
	Response end();

}
