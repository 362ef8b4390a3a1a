package io.irpc.autoconfigure.clients;

import io.irpc.annotation.IrpcService;

/**
 * A service that is called.
 */
@IrpcService("stock")
public interface Stock {

	int count(String article);

}
