package io.irpc.transport;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A public key, known by its digest: the SHA-256 of a certificate's SubjectPublicKeyInfo.
 * A certificate that is renewed with the same key keeps its pin.
 *
 * @param text the pin as people see it: {@code sha256:} and 43 characters of base64url
 * @since 0.1.0
 */
public record PublicKeyPin(String text) {

	private static final String PREFIX = "sha256:";

	private static final Pattern TEXT = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

	/**
	 * Create a pin of its text.
	 * @throws IllegalArgumentException if the text is no pin
	 */
	public PublicKeyPin {
		if (!TEXT.matcher(text).matches()) {
			throw new IllegalArgumentException(
					"pin: " + text + " (expected: " + PREFIX + " and 43 characters of base64url)");
		}
	}

	/**
	 * Return the pin of a certificate's key.
	 * @param certificate the certificate
	 * @return the pin
	 */
	public static PublicKeyPin of(X509Certificate certificate) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
			return new PublicKeyPin(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public String toString() {
		return this.text;
	}

}
