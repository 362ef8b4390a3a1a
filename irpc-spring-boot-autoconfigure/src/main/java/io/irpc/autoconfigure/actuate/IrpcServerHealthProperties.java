package io.irpc.autoconfigure.actuate;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the health of the IRPC server.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("irpc.server.health")
public class IrpcServerHealthProperties {

	/**
	 * Time before the end of the server's certificate from which on there is a warning.
	 */
	private Duration certificateWarning = Duration.ofDays(14);

	/**
	 * Time after which a journal that does not answer counts as unreachable.
	 */
	private Duration journalTimeout = Duration.ofSeconds(2);

	public Duration getCertificateWarning() {
		return this.certificateWarning;
	}

	public void setCertificateWarning(Duration certificateWarning) {
		this.certificateWarning = certificateWarning;
	}

	public Duration getJournalTimeout() {
		return this.journalTimeout;
	}

	public void setJournalTimeout(Duration journalTimeout) {
		this.journalTimeout = journalTimeout;
	}

}
