package io.irpc.transport;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Makes certificates (X.509 version 3, RFC 5280) that vouch for themselves: what counts
 * is their key, which clients pin.
 */
final class SelfSignedCertificate {

	private static final int SERIAL_NUMBER_BITS = 127;

	private static final BigInteger VERSION_3 = BigInteger.TWO;

	private static final int EXPLICIT_VERSION = 0xA0;

	private static final int EXPLICIT_EXTENSIONS = 0xA3;

	private static final int DNS_NAME = 0x82;

	private static final int IP_ADDRESS = 0x87;

	private static final byte[] LOOPBACK = { 127, 0, 0, 1 };

	private static final String ECDSA_WITH_SHA256 = "2A8648CE3D040302";

	private static final String COMMON_NAME = "550403";

	private static final String SUBJECT_ALTERNATIVE_NAME = "551D11";

	private static final String BASIC_CONSTRAINTS = "551D13";

	// clocks differ
	private static final Duration TOLERANCE = Duration.ofDays(1);

	// RFC 5280, 4.1.2.5: a certificate without a well-defined end
	private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

	private SelfSignedCertificate() {
	}

	/**
	 * Make a certificate.
	 * @param keys an elliptic curve key pair
	 * @param hosts the names of the host, the first one as the subject
	 * @param now the time from which on it is valid
	 * @return the certificate
	 * @throws GeneralSecurityException if the Java runtime lacks an algorithm
	 */
	static X509Certificate create(KeyPair keys, Set<String> hosts, Instant now) throws GeneralSecurityException {
		byte[] algorithm = DerWriter.sequence(DerWriter.identifier(ECDSA_WITH_SHA256));
		byte[] name = DerWriter.sequence(DerWriter.value(DerWriter.SET,
				DerWriter.sequence(DerWriter.identifier(COMMON_NAME), DerWriter.text(hosts.iterator().next()))));
		byte[] validity = DerWriter.sequence(DerWriter.time(now.minus(TOLERANCE)), DerWriter.time(NEVER));
		byte[] content = DerWriter.sequence(DerWriter.value(EXPLICIT_VERSION, DerWriter.integer(VERSION_3)),
				DerWriter.integer(new BigInteger(SERIAL_NUMBER_BITS, new SecureRandom()).setBit(0)), algorithm, name,
				validity, name, keys.getPublic().getEncoded(),
				DerWriter.value(EXPLICIT_EXTENSIONS, DerWriter.sequence(basicConstraints(), alternativeNames(hosts))));
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(keys.getPrivate());
		signature.update(content);
		byte[] certificate = DerWriter.sequence(content, algorithm, DerWriter.bitString(signature.sign()));
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(certificate));
	}

	private static byte[] basicConstraints() {
		return DerWriter.sequence(DerWriter.identifier(BASIC_CONSTRAINTS), DerWriter.yes(),
				DerWriter.octetString(DerWriter.sequence()));
	}

	private static byte[] alternativeNames(Set<String> hosts) {
		byte[][] names = new byte[hosts.size() + 1][];
		int index = 0;
		for (String host : hosts) {
			names[index++] = DerWriter.value(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
		}
		names[index] = DerWriter.value(IP_ADDRESS, LOOPBACK);
		return DerWriter.sequence(DerWriter.identifier(SUBJECT_ALTERNATIVE_NAME),
				DerWriter.octetString(DerWriter.sequence(names)));
	}

}
