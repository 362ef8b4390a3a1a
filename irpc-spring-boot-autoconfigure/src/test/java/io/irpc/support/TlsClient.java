package io.irpc.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import org.jspecify.annotations.Nullable;

/**
 * Types lines into the TLS socket of the Java runtime, which trusts everybody.
 */
public final class TlsClient implements AutoCloseable {

	private static final int TIMEOUT_MILLIS = 10_000;

	private final SSLSocket socket;

	private final BufferedReader reader;

	public TlsClient(int port, String... protocols) throws IOException {
		this(port, null, protocols);
	}

	public TlsClient(int port, @Nullable KeyManagerFactory keys, String... protocols) throws IOException {
		this.socket = (SSLSocket) context(keys).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(TIMEOUT_MILLIS);
		if (protocols.length > 0) {
			this.socket.setEnabledProtocols(protocols);
		}
		this.reader = new BufferedReader(new InputStreamReader(this.socket.getInputStream(), StandardCharsets.UTF_8));
	}

	public static SSLContext context(@Nullable KeyManagerFactory keys) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((keys != null) ? keys.getKeyManagers() : new KeyManager[0],
					new TrustManager[] { new TrustEverybody() }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	public SSLSocket socket() {
		return this.socket;
	}

	/**
	 * Send a line and read one, without answering pings.
	 * @param line the line to send
	 * @return the line read, {@code null} at the end of the stream
	 * @throws IOException if TLS or the connection fails
	 */
	public @Nullable String ask(String line) throws IOException {
		send(line);
		return read();
	}

	public void send(String line) throws IOException {
		this.socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
	}

	public @Nullable String read() throws IOException {
		return this.reader.readLine();
	}

	public X509Certificate serverCertificate() throws IOException {
		return (X509Certificate) this.socket.getSession().getPeerCertificates()[0];
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static final class TrustEverybody extends X509ExtendedTrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
