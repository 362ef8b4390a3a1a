package io.irpc.transport;

import java.io.Serial;
import java.security.cert.CertificateException;

/**
 * A server that has another key than the one it is known by: it was set up anew, or
 * somebody else answers in its place.
 *
 * @since 0.1.0
 */
public final class WrongPinException extends CertificateException {

	@Serial
	private static final long serialVersionUID = 1L;

	WrongPinException(PublicKeyPin expected, PublicKeyPin actual) {
		super("the server's key has the pin " + actual + " (expected: " + expected
				+ "). Somebody may be answering in its place; if it was given a new key, use the new pin");
	}

}
