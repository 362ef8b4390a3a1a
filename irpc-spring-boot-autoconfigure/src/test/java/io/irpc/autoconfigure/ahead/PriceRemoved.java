package io.irpc.autoconfigure.ahead;

import io.irpc.annotation.IrpcEvent;

/**
 * An event that nothing else refers to.
 *
 * @param article what cost
 */
@IrpcEvent("priceRemoved")
record PriceRemoved(String article) {

}
