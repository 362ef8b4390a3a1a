package io.irpc.transport;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Map;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;

/**
 * Says in plain words why TLS failed.
 */
final class TlsFailure {

	private static final String ALERT = "Received fatal alert: ";

	private static final String NO_CERTIFICATE = "the peer requires a certificate, and was shown none that it accepts";

	private static final Map<String, String> ALERTS = Map.of("bad_certificate", NO_CERTIFICATE, "certificate_required",
			NO_CERTIFICATE, "handshake_failure",
			"the peer refused the handshake; it may require a certificate, or there is no cipher suite in common",
			"certificate_unknown", "the peer does not trust the certificate that it was shown", "unknown_ca",
			"the peer does not trust the certificate that it was shown", "protocol_version",
			"there is no version of TLS in common", "no_application_protocol", "the peer does not speak IRPC");

	private TlsFailure() {
	}

	static SSLException of(Throwable failure) {
		return new SSLException("TLS failed: " + describe(failure), failure);
	}

	static String describe(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			String words = words(cause);
			if (words != null) {
				return words;
			}
		}
		return String.valueOf(failure.getMessage());
	}

	private static @Nullable String words(Throwable cause) {
		String message = String.valueOf(cause.getMessage());
		if (cause instanceof NotSslRecordException) {
			return "the peer does not speak TLS";
		}
		if (cause instanceof ClosedChannelException) {
			return "the peer closed the connection during the handshake; it may not speak TLS";
		}
		if (cause instanceof WrongPinException) {
			return message;
		}
		if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
			return "the peer's certificate is not valid at this time: " + message;
		}
		if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
			return "the peer's certificate is not trusted: " + message;
		}
		// the Java runtime has no type for it
		if (cause instanceof CertificateException && message.startsWith("No ")) {
			return "the peer's certificate is for another host: " + message;
		}
		// newer Java runtimes put the name of the alert in front as well
		int start = message.indexOf(ALERT);
		if (start >= 0) {
			String alert = message.substring(start + ALERT.length());
			return ALERTS.getOrDefault(alert, "the peer refused the handshake") + " (" + alert + ")";
		}
		return (cause instanceof IOException && !(cause instanceof SSLException)) ? message : null;
	}

}
