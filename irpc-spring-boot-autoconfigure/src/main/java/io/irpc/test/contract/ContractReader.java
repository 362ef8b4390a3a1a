package io.irpc.test.contract;

import java.lang.reflect.Type;
import java.util.SortedMap;
import java.util.TreeMap;

import io.irpc.autoconfigure.IrpcServerProperties;
import io.irpc.event.EventDeclaration;
import io.irpc.event.EventTypeRegistry;
import io.irpc.payload.PayloadConverter;
import io.irpc.payload.PayloadTypes;
import io.irpc.service.FunctionArgument;
import io.irpc.service.PredefinedService;
import io.irpc.service.ServiceMethod;
import io.irpc.service.ServiceMethodRegistry;

import org.springframework.context.ApplicationContext;

/**
 * Takes the contract of a running application.
 */
final class ContractReader {

	private final ApplicationContext context;

	private final PayloadTypes argumentTypes;

	private final PayloadTypes resultTypes;

	ContractReader(ApplicationContext context) {
		this.context = context;
		PayloadConverter converter = context.getBean(PayloadConverter.class);
		this.argumentTypes = converter.typesRead();
		this.resultTypes = converter.typesWritten();
	}

	ContractContent read() {
		SortedMap<String, ContractContent.Function> functions = new TreeMap<>();
		for (ServiceMethod method : this.context.getBean(ServiceMethodRegistry.class).all()) {
			if (!PredefinedService.class.isAssignableFrom(method.targetClass())) {
				functions.put(method.name(), function(method));
			}
		}
		SortedMap<String, ContractContent.Event> events = new TreeMap<>();
		for (EventDeclaration event : this.context.getBean(EventTypeRegistry.class).declarations()) {
			events.put(event.name(), event(event));
		}
		return new ContractContent(this.context.getBean(IrpcServerProperties.class).getUnknownArguments(), functions,
				events, this.argumentTypes.definitions(), this.resultTypes.definitions());
	}

	private ContractContent.Function function(ServiceMethod method) {
		ResultType result = ResultType.of(method.method(), method.targetClass());
		return new ContractContent.Function(method.aliases().stream().sorted().toList(),
				method.describeArguments().stream().map(this::argument).toList(), describe(result), result.nullable());
	}

	private String describe(ResultType result) {
		Type type = result.type();
		String value = (type == void.class || type == Void.class) ? "nothing" : this.resultTypes.describe(type);
		return result.stream() ? ContractTypes.STREAM + value : value;
	}

	private ContractContent.Argument argument(FunctionArgument argument) {
		return new ContractContent.Argument(argument.name(), argument.aliases().stream().sorted().toList(),
				this.argumentTypes.describe(argument.type()), argument.required(), argument.nullable(),
				(argument.defaultValue() != null) ? argument.defaultValue().json() : null);
	}

	private ContractContent.Event event(EventDeclaration event) {
		return new ContractContent.Event(this.resultTypes.describe(event.javaType()),
				event.remoteRaise() ? this.argumentTypes.describe(event.javaType()) : null);
	}

}
