package io.irpc.sample.api;

import java.time.Instant;

/**
 * A time without measurements.
 *
 * @param from the last measurement before it
 * @param to the first measurement after it
 */
public record Gap(Instant from, Instant to) {

}
