package io.irpc.autoconfigure;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.irpc.server.AddressLineContributor;
import io.irpc.server.IrpcServerSettings;
import io.irpc.server.IrpcServerStartedEvent;
import io.irpc.transport.PublicKeyPin;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ApplicationListener;

/**
 * Logs the address that clients of a server with a key of its own are to be given.
 */
final class AddressLine implements ApplicationListener<IrpcServerStartedEvent> {

	private static final Log logger = LogFactory.getLog(AddressLine.class);

	private static final String SCHEME = "irpc://";

	private static final String PIN = "pin";

	private final IrpcServerSslProperties properties;

	private final IrpcServerSettings settings;

	private final List<AddressLineContributor> contributors;

	AddressLine(IrpcServerSslProperties properties, IrpcServerSettings settings,
			List<AddressLineContributor> contributors) {
		this.properties = properties;
		this.settings = settings;
		this.contributors = contributors;
	}

	@Override
	public void onApplicationEvent(IrpcServerStartedEvent event) {
		PublicKeyPin pin = event.server().pin();
		// other certificates are known by their issuer
		if (pin == null || this.properties.getBundle() != null
				|| !(this.settings.address() instanceof InetSocketAddress address)) {
			return;
		}
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put(PIN, pin.text());
		this.contributors.forEach((contributor) -> parameters.putAll(contributor.parameters()));
		logger.info("Clients reach the IRPC server with TLS at " + SCHEME + host(address.getAddress()) + ":"
				+ event.server().port() + "?"
				+ parameters.entrySet()
					.stream()
					.map((parameter) -> parameter.getKey() + "=" + parameter.getValue())
					.collect(Collectors.joining("&")));
	}

	private static String host(InetAddress address) {
		if (address.isAnyLocalAddress()) {
			try {
				return InetAddress.getLocalHost().getHostName();
			}
			catch (UnknownHostException ex) {
				return "localhost";
			}
		}
		return (address instanceof Inet6Address) ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
	}

}
