package io.irpc.client;

import java.util.List;

import io.irpc.payload.PayloadConverter;
import io.irpc.service.AccessPolicy;
import io.irpc.service.CallCommandHandler;
import io.irpc.service.HelpCommandHandler;
import io.irpc.service.PredefinedFunctions;
import io.irpc.service.PublishedEvents;
import io.irpc.service.ServiceMethodRegistry;
import io.irpc.service.ServiceMethodSupport;
import io.irpc.service.UnknownArguments;
import io.irpc.session.CommandHandler;

/**
 * The functions that a client publishes for the servers that it connects to. They are
 * open to these servers, which the client has chosen.
 *
 * @param functions the functions
 * @since 0.1.0
 */
public record ClientServices(ServiceMethodRegistry functions) {

	/**
	 * Publish objects.
	 * @param services objects with an annotated class or interface
	 * @param converter converts arguments
	 * @return their functions
	 * @throws io.irpc.service.IrpcConfigurationException if one cannot be published
	 */
	static ClientServices of(List<Object> services, PayloadConverter converter) {
		ServiceMethodRegistry functions = new ServiceMethodRegistry(
				new ServiceMethodSupport(converter, List.of(), List.of(), (bean, method, values, names) -> {
				}, List.of(), new UnknownArguments(UnknownArguments.Policy.IGNORE)));
		functions.register(new PredefinedFunctions(functions, new NoEvents(), AccessPolicy.OPEN));
		for (Object service : services) {
			int before = functions.names().size();
			functions.register(service);
			if (functions.names().size() == before) {
				throw new IllegalArgumentException(service.getClass().getName()
						+ " publishes no function (expected: a class or interface with @IrpcService and public methods)");
			}
		}
		return new ClientServices(functions);
	}

	/**
	 * Return what carries out the commands of the server about them.
	 * @return the handlers
	 */
	List<CommandHandler> handlers() {
		PublishedEvents none = new NoEvents();
		return List.of(new CallCommandHandler(this.functions, none), new HelpCommandHandler(this.functions, none));
	}

}
