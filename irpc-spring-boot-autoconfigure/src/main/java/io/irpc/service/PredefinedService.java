package io.irpc.service;

/**
 * Marks functions that every server has, which are no reason to start one.
 *
 * @since 0.1.0
 */
public interface PredefinedService {

}
