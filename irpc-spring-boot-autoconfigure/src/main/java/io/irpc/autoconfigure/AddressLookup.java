package io.irpc.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.irpc.protocol.LogSafe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a client of which some stand for the instances of a service.
 */
final class AddressLookup implements Supplier<List<String>> {

	private static final Log logger = LogFactory.getLog(AddressLookup.class);

	private static final String PREFIX = "discovery:";

	private final List<String> addresses;

	private final ServiceLookup services;

	/**
	 * Create an instance.
	 * @param addresses the addresses, {@code discovery:SERVICE} for those of a service
	 * @param services finds their instances
	 */
	AddressLookup(List<String> addresses, ServiceLookup services) {
		this.addresses = List.copyOf(addresses);
		this.services = services;
	}

	static boolean isService(String address) {
		return address.startsWith(PREFIX);
	}

	@Override
	public List<String> get() {
		List<String> result = new ArrayList<>();
		RuntimeException failure = null;
		for (String address : this.addresses) {
			if (!isService(address)) {
				result.add(address);
				continue;
			}
			try {
				result.addAll(this.services.addresses(address.substring(PREFIX.length())));
			}
			catch (RuntimeException ex) {
				// the other addresses may do
				logger.debug("Cannot look up " + address, LogSafe.failure(ex));
				failure = ex;
			}
		}
		if (result.isEmpty()) {
			throw problem(failure);
		}
		return result;
	}

	private RuntimeException problem(@Nullable RuntimeException failure) {
		String services = String.join(", ", this.addresses);
		return (failure != null)
				? new IllegalStateException(services + " cannot be looked up: " + failure.getMessage(), failure)
				: new IllegalStateException(services + " has no instance");
	}

}
