package io.irpc.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import io.irpc.service.IrpcConfigurationException;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.transport.ServerSecurity;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Refuses to open functions to the network without authentication and TLS, unless the
 * configuration insists.
 */
final class NetworkExposure {

	private static final Log logger = LogFactory.getLog(IrpcServer.class);

	private NetworkExposure() {
	}

	/**
	 * Check what a server is about to open.
	 * @param settings where it is to listen
	 * @param exposure knows whether logins are required
	 * @param functions what is opened
	 * @param security knows whether connections are ciphered
	 * @throws IrpcConfigurationException if it must not
	 */
	static void check(IrpcServerSettings settings, ExposureTable exposure, ServiceMethodRegistry functions,
			ServerSecurity security) {
		InetAddress address = (settings.address() instanceof InetSocketAddress tcp) ? tcp.getAddress() : null;
		boolean isProtected = exposure.isLoginRequired() && security.tls() != null;
		if (address == null || address.isLoopbackAddress() || isProtected) {
			return;
		}
		String lack = exposure.isLoginRequired() ? "TLS" : "authentication";
		if (settings.exposure() == IrpcServerSettings.Exposure.UNPROTECTED) {
			logger.warn("The IRPC server is exposed to the network on " + address.getHostAddress() + " without " + lack
					+ " (irpc.server.exposure=unprotected)");
			return;
		}
		throw new IrpcConfigurationException(
				"irpc.server.address=" + address.getHostAddress() + " exposes " + functions.names().size()
						+ " functions to the network, without " + lack,
				(exposure.isLoginRequired() ? "Remove irpc.server.ssl.enabled=false"
						: "Add Spring Security (spring-boot-starter-security)")
						+ ", listen on the loopback address, or insist with irpc.server.exposure=unprotected if"
						+ " everybody on that network may read and do what that opens.");
	}

}
