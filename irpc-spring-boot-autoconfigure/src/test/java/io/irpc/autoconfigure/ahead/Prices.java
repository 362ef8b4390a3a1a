package io.irpc.autoconfigure.ahead;

import java.util.concurrent.CompletableFuture;

import io.irpc.annotation.IrpcService;

import org.springframework.security.access.prepost.PreAuthorize;

/**
 * A service that nobody outside of the package sees.
 */
@IrpcService("prices")
interface Prices {

	CompletableFuture<Price> of(String article);

	@PreAuthorize("hasRole('MANAGER')")
	void change(Order order);

	@PreAuthorize("hasRole('OWNER')")
	void remove(String article);

	default int cents(String article) {
		return of(article).join().cents();
	}

	/**
	 * An argument.
	 *
	 * @param article what costs
	 * @param cents the new price
	 */
	record Order(String article, int cents) {

	}

}
