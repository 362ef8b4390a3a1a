package io.irpc.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;

/**
 * The key that a server has made itself, with the certificate for it.
 *
 * @param key an elliptic curve key
 * @param certificate the certificate, signed with the key itself
 * @since 0.1.0
 */
public record ServerIdentity(PrivateKey key, X509Certificate certificate) {

	private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

	private static final String KEY = "PRIVATE KEY";

	private static final String CERTIFICATE = "CERTIFICATE";

	private static final String CURVE = "secp256r1";

	private static final char[] NO_PASSWORD = {};

	/**
	 * Make a new identity, for {@code localhost} and this machine's host name.
	 * @param clock tells the time from which on the certificate is valid
	 * @return the identity
	 */
	public static ServerIdentity create(Clock clock) {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
			generator.initialize(new ECGenParameterSpec(CURVE));
			KeyPair keys = generator.generateKeyPair();
			return new ServerIdentity(keys.getPrivate(), SelfSignedCertificate.create(keys, hosts(), clock.instant()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Return what a {@link TlsContext} needs.
	 * @return the key, and the trust of the Java runtime
	 */
	public TlsMaterial material() {
		try {
			// it stays in memory, where the cipher of other types costs a start 0.2 s
			KeyStore store = KeyStore.getInstance("JKS");
			store.load(null, null);
			store.setKeyEntry("irpc", this.key, NO_PASSWORD, new Certificate[] { this.certificate });
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(store, NO_PASSWORD);
			return new TlsMaterial(keys, this.certificate, null, List.of(), List.of());
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String toPem() {
		return pem(KEY, this.key.getEncoded()) + pem(CERTIFICATE, certificateBytes());
	}

	/**
	 * Read an identity.
	 * @param pem a key and a certificate
	 * @return the identity
	 * @throws InvalidIdentityException if they cannot be read, or do not belong together
	 */
	static ServerIdentity ofPem(String pem) throws InvalidIdentityException {
		try {
			PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes(KEY, pem)));
			X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
				.generateCertificate(new ByteArrayInputStream(bytes(CERTIFICATE, pem)));
			if (!isPair(key, certificate)) {
				throw new InvalidIdentityException("its key and its certificate do not belong together", null);
			}
			return new ServerIdentity(key, certificate);
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new InvalidIdentityException("it is damaged: " + ex.getMessage(), ex);
		}
	}

	private static boolean isPair(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
		Signature signature = Signature.getInstance("SHA256withECDSA");
		signature.initSign(key);
		byte[] signed = signature.sign();
		signature.initVerify(certificate.getPublicKey());
		return signature.verify(signed);
	}

	private static Set<String> hosts() {
		Set<String> hosts = new LinkedHashSet<>();
		hosts.add("localhost");
		try {
			String name = InetAddress.getLocalHost().getHostName();
			if (HOST_NAME.matcher(name).matches()) {
				hosts.add(name);
			}
		}
		catch (UnknownHostException ex) {
			// a machine without a name
		}
		return hosts;
	}

	private byte[] certificateBytes() {
		try {
			return this.certificate.getEncoded();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String type, byte[] bytes) {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes);
		return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
	}

	private static byte[] bytes(String type, String pem) {
		Matcher matcher = Pattern.compile("-----BEGIN " + type + "-----([^-]+)-----END " + type + "-----").matcher(pem);
		if (!matcher.find()) {
			throw new IllegalArgumentException("no " + type);
		}
		return Base64.getMimeDecoder().decode(matcher.group(1).getBytes(StandardCharsets.US_ASCII));
	}

	@Override
	public String toString() {
		return "ServerIdentity[" + PublicKeyPin.of(this.certificate) + "]";
	}

}
