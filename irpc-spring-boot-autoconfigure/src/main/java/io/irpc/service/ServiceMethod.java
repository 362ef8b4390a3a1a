package io.irpc.service;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.irpc.protocol.IrpcException;
import io.irpc.session.BoundArguments;
import io.irpc.session.CommandHandler;
import io.irpc.session.Invocation;
import org.jspecify.annotations.Nullable;

/**
 * One function: a method of a bean with what is needed to call it.
 *
 * @since 0.1.0
 */
public final class ServiceMethod {

	private final String name;

	private final List<String> aliases;

	private final String description;

	private final CommandHandler.Place place;

	private final Class<?> targetClass;

	private final Method method;

	private final Supplier<Object> bean;

	private final List<ParameterSource> sources;

	private final List<String> arguments;

	private final Map<String, String> argumentAliases = new HashMap<>();

	private final List<String> parameters;

	private final ServiceMethodSupport support;

	private final boolean sensitive;

	private final ReturnValueDecorator[] decorators;

	private volatile @Nullable InvocationTarget target;

	ServiceMethod(String name, List<String> aliases, String description, CommandHandler.Place place,
			Class<?> targetClass, Method method, Supplier<Object> bean, List<ParameterSource> sources,
			ServiceMethodSupport support) {
		this.name = name;
		this.aliases = aliases;
		this.description = description;
		this.place = place;
		this.targetClass = targetClass;
		this.method = method;
		this.bean = bean;
		this.sources = sources;
		this.parameters = sources.stream().map(ParameterSource::name).toList();
		this.arguments = sources.stream().filter(ParameterSource::isArgument).map(ParameterSource::name).toList();
		sources
			.forEach((source) -> source.aliases().forEach((alias) -> this.argumentAliases.put(alias, source.name())));
		this.support = support;
		this.decorators = support.decorators().toArray(new ReturnValueDecorator[0]);
		this.sensitive = sources.stream().anyMatch(ParameterSource::isSensitive);
	}

	/**
	 * Return the name that callers use.
	 * @return the qualified name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the older names under which the function is still called.
	 * @return the qualified names
	 */
	public List<String> aliases() {
		return this.aliases;
	}

	/**
	 * Return the documentation for people.
	 * @return plain text, empty for none
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return where the function runs.
	 * @return the place
	 */
	public CommandHandler.Place place() {
		return this.place;
	}

	/**
	 * Return the class of the bean, not of a proxy.
	 * @return the class
	 */
	public Class<?> targetClass() {
		return this.targetClass;
	}

	/**
	 * Return the method behind the function.
	 * @return the method of the bean's class or of the annotated interface
	 */
	public Method method() {
		return this.method;
	}

	/**
	 * Return the names of the arguments that callers send.
	 * @return the names in the order of their declaration
	 */
	public List<String> arguments() {
		return this.arguments;
	}

	/**
	 * Describe the arguments that callers send.
	 * @return the descriptions in the order of their declaration
	 */
	public List<FunctionArgument> describeArguments() {
		List<FunctionArgument> result = new ArrayList<>();
		for (ParameterSource source : this.sources) {
			if (source instanceof ParameterSource.Sent sent) {
				result.add(sent.parameter().describe());
			}
		}
		return result;
	}

	/**
	 * Return the signature as {@code help} shows it.
	 * @return the name with the names of the arguments
	 */
	public String signature() {
		return this.name + "(" + String.join(", ", this.arguments) + ")";
	}

	/**
	 * Call the function on this thread.
	 * @param invocation the command that calls it
	 * @return the value, or a {@link java.util.concurrent.CompletionStage} of it
	 * @throws IrpcException if an argument is missing or refused
	 * @throws Exception whatever the method throws
	 */
	@Nullable Object invoke(Invocation invocation) throws Exception {
		if (this.sensitive) {
			invocation.markSensitive();
		}
		BoundArguments bound = BoundArguments.bind(invocation.command().arguments(), this.arguments,
				this.argumentAliases);
		this.support.unknownArguments().handle(this.name, bound.unknown());
		@Nullable Object[] values = new Object[this.sources.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = this.sources.get(i).value(bound, invocation);
		}
		Object object = this.bean.get();
		InvocationTarget callable = target(object);
		for (MethodGuard guard : callable.guards()) {
			guard.check(invocation, object, this.method, values);
		}
		if (callable.constrained()) {
			this.support.validator().validate(object, this.method, values, this.parameters);
		}
		try {
			return ReturnedForm.adapt(decorate(callable.method().invoke(object, values), invocation));
		}
		catch (InvocationTargetException ex) {
			if (ex.getCause() instanceof Exception cause) {
				throw cause;
			}
			throw ex;
		}
	}

	private @Nullable Object decorate(@Nullable Object value, Invocation invocation) {
		Object result = value;
		for (int i = 0; result != null && i < this.decorators.length; i++) {
			result = this.decorators[i].decorate(result, invocation);
		}
		return result;
	}

	/**
	 * Check that the function can be called on a bean.
	 * @param object the bean
	 * @throws IrpcConfigurationException if the bean is a proxy without the method
	 */
	void checkCallable(Object object) {
		try {
			target(object);
		}
		catch (IllegalStateException ex) {
			throw new IrpcConfigurationException(
					"The function " + this + " cannot be called, as a proxy of its bean does not have the method: "
							+ ex.getMessage(),
					"Annotate an interface of the bean with @IrpcService, or let Spring proxy the class"
							+ " (spring.aop.proxy-target-class=true).");
		}
	}

	private InvocationTarget target(Object object) {
		InvocationTarget known = this.target;
		if (known == null || known.type() != object.getClass()) {
			known = InvocationTarget.of(object, this.name, this.method, this.support);
			this.target = known;
		}
		return known;
	}

	@Override
	public String toString() {
		return this.name + " (" + FunctionNames.describe(this.method) + ")";
	}

}
