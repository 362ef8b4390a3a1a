package io.irpc.actuate;

import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * The endpoint over HTTP: a path for each part, values by the roles of the user, and a
 * status with a text for what cannot be done.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = IrpcEndpoint.class)
public final class IrpcEndpointWebExtension {

	private static final int ACCEPTED = 202;

	private final IrpcEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when values that tell of people are shown
	 * @param roles the roles to which they are shown, empty for everybody who is
	 * authenticated
	 */
	public IrpcEndpointWebExtension(IrpcEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * {@code GET /actuator/irpc/sessions}, and so on.
	 * @param securityContext who asks
	 * @param part the name of the part
	 * @return the part
	 */
	@ReadOperation
	public WebEndpointResponse<OperationResponseBody> read(SecurityContext securityContext, @Selector String part) {
		boolean valuesShown = this.showValues.isShown(securityContext, this.roles);
		return respond(WebEndpointResponse.STATUS_OK, () -> this.delegate.read(part, valuesShown));
	}

	/**
	 * {@code DELETE /actuator/irpc/sessions/5?reason=…}, and so on.
	 * @param part the name of the part
	 * @param id the id of what to remove
	 * @param reason why, {@code null} if that is not said
	 * @return what was removed
	 */
	@DeleteOperation
	public WebEndpointResponse<OperationResponseBody> remove(@Selector String part, @Selector String id,
			@Nullable String reason) {
		return respond(WebEndpointResponse.STATUS_OK, () -> this.delegate.remove(part, id, reason));
	}

	/**
	 * {@code POST /actuator/irpc/drain}.
	 * @param action what to do
	 * @return what has begun
	 */
	@WriteOperation
	public WebEndpointResponse<OperationResponseBody> act(@Selector String action) {
		return respond(ACCEPTED, () -> this.delegate.act(action));
	}

	private static WebEndpointResponse<OperationResponseBody> respond(int status,
			Supplier<OperationResponseBody> operation) {
		try {
			return new WebEndpointResponse<>(operation.get(), status);
		}
		catch (UnknownIdException ex) {
			return problem(WebEndpointResponse.STATUS_NOT_FOUND, ex);
		}
		catch (InvalidEndpointRequestException ex) {
			return problem(WebEndpointResponse.STATUS_BAD_REQUEST, ex);
		}
	}

	private static WebEndpointResponse<OperationResponseBody> problem(int status, RuntimeException ex) {
		return new WebEndpointResponse<>(new Problem(status, String.valueOf(ex.getMessage())), status);
	}

	/**
	 * What is answered where nothing could be done.
	 *
	 * @param status the status of the response
	 * @param message why
	 */
	record Problem(int status, String message) implements OperationResponseBody {

	}

}
