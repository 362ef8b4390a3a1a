package io.irpc.docs.evolution;

/**
 * An order.
 *
 * @param id its id
 * @param state its state
 * @param priority its priority
 */
public record Order(String id, OrderState state, int priority) {

}
