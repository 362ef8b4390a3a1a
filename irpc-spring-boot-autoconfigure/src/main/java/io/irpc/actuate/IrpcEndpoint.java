package io.irpc.actuate;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The endpoint {@code irpc}: what a server and the clients of an application are doing.
 * What it lets be done has to be permitted by
 * {@code management.endpoint.irpc.access=unrestricted}.
 *
 * @since 0.1.0
 */
@Endpoint(id = "irpc", defaultAccess = Access.READ_ONLY)
public final class IrpcEndpoint {

	private static final String DRAIN = "drain";

	private final Map<String, EndpointPart> parts = new LinkedHashMap<>();

	private final Sanitizer sanitizer;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param parts what it tells
	 * @param sanitizingFunctions change values that tell of people
	 * @param showValues when such values are shown at all
	 */
	public IrpcEndpoint(Collection<EndpointPart> parts, List<SanitizingFunction> sanitizingFunctions, Show showValues) {
		parts.forEach((part) -> this.parts.put(part.name(), part));
		this.sanitizer = new Sanitizer(sanitizingFunctions);
		this.showValues = showValues;
	}

	/**
	 * Return a few figures of each part.
	 * @return the figures by the names of the parts
	 */
	@ReadOperation
	public Map<String, Object> overview() {
		Map<String, Object> result = new LinkedHashMap<>();
		this.parts.forEach((name, part) -> result.put(name, part.summary()));
		return OperationResponseBody.of(result);
	}

	/**
	 * Return one part to somebody of whom nothing is known.
	 * @param name the name of the part
	 * @return the part
	 * @throws UnknownIdException if there is none of this name
	 */
	OperationResponseBody read(String name) {
		return read(name, this.showValues.isShown(true));
	}

	OperationResponseBody read(String name, boolean valuesShown) {
		return find(name).read(new Disclosure(this.sanitizer, valuesShown));
	}

	OperationResponseBody remove(String name, String id, @Nullable String reason) {
		return find(name).remove(id, reason);
	}

	/**
	 * Do something to the server.
	 * @param action what to do
	 * @return what has begun
	 * @throws UnknownIdException if there is no server
	 * @throws InvalidEndpointRequestException if there is nothing of this name to be
	 * done, or it cannot be done now
	 */
	OperationResponseBody act(String action) {
		if (!action.equals(DRAIN)) {
			throw invalid("Cannot do " + quote(action) + " (expected: " + DRAIN + ")");
		}
		return drain();
	}

	OperationResponseBody drain() {
		if (!(this.parts.get(ServerPart.NAME) instanceof ServerPart server)) {
			throw new UnknownIdException("This application has no IRPC server");
		}
		return server.drain();
	}

	private EndpointPart find(String name) {
		EndpointPart part = this.parts.get(name);
		if (part == null) {
			throw new UnknownIdException(
					"There is no " + quote(name) + " here (expected: one of " + this.parts.keySet() + ")");
		}
		return part;
	}

	static InvalidEndpointRequestException invalid(String text) {
		return new InvalidEndpointRequestException(text, text);
	}

	static String quote(String text) {
		return "'" + text + "'";
	}

}
