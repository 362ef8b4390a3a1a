package io.irpc.autoconfigure.clients;

import io.irpc.annotation.IrpcService;

/**
 * A service that is called, although nobody outside of the package sees it.
 */
@IrpcService("prices")
interface Prices {

	int of(String article);

}
