package io.irpc.session;

/**
 * What has crossed the line, as it is without TLS.
 *
 * @param receivedMessages the messages received; invalid and empty lines are none
 * @param receivedBytes the bytes received
 * @param sentMessages the messages written
 * @param sentBytes the bytes written
 * @since 0.1.0
 */
public record Traffic(long receivedMessages, long receivedBytes, long sentMessages, long sentBytes) {

}
