package io.irpc.actuate;

import java.time.Duration;

/**
 * What the health of a server is judged by.
 *
 * @param certificateWarning how long before its end a certificate is warned of
 * @param journalTimeout how long an answer of the journal may take
 * @since 0.1.0
 */
public record IrpcServerHealthSettings(Duration certificateWarning, Duration journalTimeout) {

}
