package io.irpc.autoconfigure.ahead;

import io.irpc.annotation.IrpcEvent;

/**
 * An event.
 *
 * @param article what costs
 * @param price the new price
 */
@IrpcEvent("priceChanged")
record PriceChanged(String article, Price price) {

}
