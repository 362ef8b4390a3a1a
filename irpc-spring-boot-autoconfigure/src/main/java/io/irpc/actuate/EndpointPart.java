package io.irpc.actuate;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What the endpoint {@code irpc} tells of one thing. Safe for use by many threads, which
 * may block.
 *
 * @since 0.1.0
 */
public interface EndpointPart {

	/**
	 * Return the name of the part, by which it is asked for.
	 * @return the name
	 */
	String name();

	/**
	 * Return the few figures that the overview shows.
	 * @return the figures by their names
	 */
	Map<String, Object> summary();

	/**
	 * Return everything.
	 * @param disclosure what may be shown
	 * @return what is written as JSON
	 */
	OperationResponseBody read(Disclosure disclosure);

	/**
	 * Remove one of the things that the part tells of.
	 * @param id the id of the thing
	 * @param reason why, {@code null} if that was not said
	 * @return what has been removed
	 * @throws UnknownIdException if there is no such thing
	 * @throws InvalidEndpointRequestException if it cannot be removed
	 */
	default OperationResponseBody remove(String id, @Nullable String reason) {
		throw IrpcEndpoint.invalid("Nothing can be removed from " + name() + " (expected: sessions or pairings)");
	}

}
