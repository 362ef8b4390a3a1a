package io.irpc.session;

import io.irpc.protocol.IrpcException;
import org.jspecify.annotations.Nullable;

/**
 * Maps an application's exceptions to errors that callers may see. Beans of this type are
 * asked in their order; what none of them maps becomes an internal error with a
 * reference.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ErrorResponseResolver {

	/**
	 * Map an exception. Called on the thread that the command ran on.
	 * @param failure what the function threw
	 * @param invocation the command
	 * @return the error to answer, {@code null} to leave it to others
	 */
	@Nullable IrpcException resolve(Throwable failure, Invocation invocation);

}
