package io.irpc.benchmark.load;

/**
 * What one turn of a contestant has measured, of calls or deliveries of events.
 *
 * @param rate calls per second
 * @param p50 half of the calls took less, in microseconds
 * @param p99 99 % of the calls took less, in microseconds
 * @param serverBytes bytes that the server has allocated for a call
 * @param clientBytes bytes that the client has allocated for a call
 * @param serverTime processor time of the server for a call, in nanoseconds
 * @param clientTime processor time of the client for a call, in nanoseconds
 */
record Turn(double rate, double p50, double p99, double serverBytes, double clientBytes, double serverTime,
		double clientTime) {
}
