package io.irpc.docs.services;

import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.irpc.annotation.IrpcFunction;
import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.protocol.ErrorCode;
import io.irpc.protocol.IrpcException;
import io.irpc.session.IrpcSession;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Shows what a function may look like.
 */
// tag::names[]
@Component
@IrpcService("stations")
public class StationService {

	// end::names[]
	private final Map<String, Double> means = Map.of("north", 4.5, "south", 21.25);

	// tag::names[]
	@IrpcFunction(value = "all", description = "Returns the names of all stations, sorted.")
	public List<String> findAllNames() {
		return this.means.keySet().stream().sorted().toList();
	}

	@IrpcFunction(exclude = true)
	public void reload() {
	}

	// end::names[]
	// tag::arguments[]
	public String search(String station, @IrpcParam(defaultValue = "20") int limit,
			@IrpcParam(defaultValue = "2026-01-01T00:00:00Z") Instant since, Optional<Double> above,
			@Nullable String unit) {
		return station + " " + limit + " " + since + " " + above.isPresent() + " " + unit;
	}

	// end::arguments[]
	// tag::not-found[]
	public double mean(String station) {
		Double mean = this.means.get(station);
		if (mean == null) {
			throw new IrpcException(ErrorCode.NOT_FOUND, "There is no station " + station,
					Map.of("known", this.means.keySet().stream().sorted().toList()), null);
		}
		return mean;
	}

	// end::not-found[]
	public void lock(String station) {
		throw new StationLockedException(station);
	}

	public int fail() {
		throw new IllegalStateException("the password of the database is secret");
	}

	// tag::async[]
	public CompletionStage<Double> recalculate(String station) {
		return CompletableFuture.supplyAsync(() -> mean(station));
	}

	// end::async[]
	// tag::non-blocking[]
	@IrpcFunction(nonBlocking = true)
	public int count() {
		return this.means.size();
	}

	// end::non-blocking[]
	// tag::validation[]
	public void rename(@NotBlank String station, @Positive @Max(99) int number) {
	}

	// end::validation[]
	// tag::session[]
	public String hello(String greeting, IrpcSession session, @Nullable Principal user) {
		String name = (user != null) ? user.getName() : "anonymous";
		return greeting + ", " + name + " of session " + session.id();
	}
	// end::session[]
	// tag::names[]

}
// end::names[]
