package io.irpc.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import io.irpc.transport.ServerSecurity.PlainText;
import io.netty.handler.ssl.ClientAuth;
import org.jspecify.annotations.Nullable;

/**
 * Makes keys and contexts for tests.
 */
final class TestTls {

	static final ServerIdentity SERVER = ServerIdentity.create(Clock.systemUTC());

	static final ServerIdentity CLIENT = ServerIdentity.create(Clock.systemUTC());

	private TestTls() {
	}

	static ServerSecurity security() {
		return security(ClientAuth.NONE);
	}

	static ServerSecurity security(ClientAuth clientAuth) {
		TlsContext context = server(SERVER, clientAuth);
		return new ServerSecurity(() -> context, PlainText.LOCAL, Duration.ofMinutes(5));
	}

	static TlsContext server(ServerIdentity identity, ClientAuth clientAuth) {
		try {
			return TlsContext.server(material(identity, (clientAuth != ClientAuth.NONE) ? CLIENT : null), clientAuth);
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static TlsContext client(ServerIdentity trusted) {
		try {
			return TlsContext.client(new TlsMaterial(null, null, trust(trusted), List.of(), List.of()));
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static TlsContext pinned(PublicKeyPin pin) {
		try {
			return TlsContext.pinned(TlsMaterial.NONE, pin);
		}
		catch (SSLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static PublicKeyPin pin(ServerIdentity identity) {
		return PublicKeyPin.of(identity.certificate());
	}

	private static TlsMaterial material(ServerIdentity identity, @Nullable ServerIdentity trusted) {
		TlsMaterial own = identity.material();
		return new TlsMaterial(own.keys(), own.certificate(), (trusted != null) ? trust(trusted) : null, List.of(),
				List.of());
	}

	private static TrustManagerFactory trust(ServerIdentity trusted) {
		try {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(null, null);
			store.setCertificateEntry("trusted", trusted.certificate());
			TrustManagerFactory result = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			result.init(store);
			return result;
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
