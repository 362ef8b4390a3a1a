package io.irpc.docs.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.irpc.call.CallTimeoutException;
import io.irpc.call.ConnectionLostException;
import io.irpc.call.NotConnectedException;
import io.irpc.call.RemoteCallException;
import io.irpc.client.IrpcClient;
import io.irpc.docs.daemon.ErrorRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/**
 * Calls the functions of the daemon.
 */
@Component
class ErrorCalls {

	private final IrpcClient client;

	ErrorCalls(IrpcClient client) {
		this.client = client;
	}

	// tag::call[]
	@Nullable List<ErrorRecord> newest(int limit) {
		return this.client.call("errors.list")
			.argument("limit", limit)
			.retrieve(new ParameterizedTypeReference<List<ErrorRecord>>() {
			});
	}
	// end::call[]

	// tag::async[]
	CompletableFuture<Integer> countAsync() {
		return this.client.call("errors.list")
			.argument("limit", 1000)
			.timeout(Duration.ofSeconds(5))
			.retrieveAsync(ErrorRecord[].class)
			.thenApply((errors) -> (errors != null) ? errors.length : 0);
	}
	// end::async[]

	// tag::exceptions[]
	Optional<String> report(ErrorRecord error) {
		try {
			this.client.call("errors.report")
				.argument(error.file())
				.argument(error.line())
				.argument(error.message())
				.retrieve(Void.class);
			return Optional.empty();
		}
		catch (NotConnectedException ex) {
			return Optional.of("not sent, try again later");
		}
		catch (ConnectionLostException | CallTimeoutException ex) {
			return Optional.of("perhaps reported, look before trying again");
		}
		catch (RemoteCallException.InvalidArgument ex) {
			return Optional.of("refused: " + ex.getMessage());
		}
		catch (RemoteCallException ex) {
			return Optional.of("failed: " + ex.code() + ", reference " + ex.reference());
		}
	}
	// end::exceptions[]

}
