package io.irpc.service;

/**
 * Marks an object that stands for functions of a peer. A bean that is one is never
 * published, although its interface is annotated.
 *
 * @since 0.1.0
 */
public interface ClientProxy {

}
