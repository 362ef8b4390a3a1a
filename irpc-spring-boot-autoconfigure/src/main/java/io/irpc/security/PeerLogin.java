package io.irpc.security;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import io.irpc.session.IrpcSession;
import io.irpc.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * Logs those in whom the connection itself identifies: by the common name of a client
 * certificate, or as a user of this machine over a Unix domain socket.
 *
 * @since 0.1.0
 */
public final class PeerLogin implements SessionListener {

	private final LoginService logins;

	private final LocalUsers localUsers;

	/**
	 * Create an instance.
	 * @param logins gives sessions to users
	 * @param localUsers what becomes of the users of this machine
	 */
	public PeerLogin(LoginService logins, LocalUsers localUsers) {
		this.logins = logins;
		this.localUsers = localUsers;
	}

	@Override
	public void opened(IrpcSession session) {
		X509Certificate certificate = session.peerCertificate();
		if (certificate != null) {
			this.logins.loginPeer(session, () -> peer(commonName(certificate), certificate));
		}
		else if (this.localUsers == LocalUsers.LOGGED_IN && !(session.remoteAddress() instanceof InetSocketAddress)) {
			this.logins.loginPeer(session, () -> peer(session.peerUser(), null));
		}
	}

	private static @Nullable PeerAuthentication peer(@Nullable String name, @Nullable X509Certificate certificate) {
		return (name != null) ? new PeerAuthentication(name, certificate) : null;
	}

	private static @Nullable String commonName(X509Certificate certificate) {
		try {
			for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
				if (part.getType().equalsIgnoreCase("CN")) {
					return String.valueOf(part.getValue());
				}
			}
			return null;
		}
		catch (InvalidNameException ex) {
			return null;
		}
	}

	/**
	 * What becomes of the users of this machine.
	 */
	public enum LocalUsers {

		/**
		 * They log in like others.
		 */
		ANONYMOUS,

		/**
		 * Who connects to the Unix domain socket is logged in as the user of the same
		 * name, if there is one.
		 */
		LOGGED_IN

	}

}
