package io.irpc.payload;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;

/**
 * Calls constructors that take members, as those of records do, by handles that are made
 * once. Jackson makes them anew for each value, which takes a fifth of the time to read a
 * record of a dozen members.
 */
final class CreatorHandles extends ValueInstantiators.Base {

	@Override
	public ValueInstantiator modifyValueInstantiator(DeserializationConfig config, BeanDescription.Supplier type,
			ValueInstantiator instantiator) {
		// others may do more than to call the constructor
		if (instantiator.getClass() == StdValueInstantiator.class
				&& instantiator.getWithArgsCreator() instanceof AnnotatedConstructor creator) {
			try {
				return new Instantiator((StdValueInstantiator) instantiator, handle(creator.getAnnotated()));
			}
			catch (IllegalAccessException ex) {
				// one that Jackson must not call either
				return instantiator;
			}
		}
		return instantiator;
	}

	private static MethodHandle handle(Constructor<?> constructor) throws IllegalAccessException {
		return MethodHandles.lookup()
			.unreflectConstructor(constructor)
			.asFixedArity()
			.asSpreader(Object[].class, constructor.getParameterCount())
			.asType(MethodType.methodType(Object.class, Object[].class));
	}

	private static final class Instantiator extends StdValueInstantiator {

		private final MethodHandle constructor;

		Instantiator(StdValueInstantiator instantiator, MethodHandle constructor) {
			super(instantiator);
			this.constructor = constructor;
		}

		@Override
		public Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
			try {
				return this.constructor.invokeExact(arguments);
			}
			catch (Error ex) {
				throw ex;
			}
			catch (Throwable ex) {
				return context.handleInstantiationProblem(getValueClass(), arguments, rewrapCtorProblem(context, ex));
			}
		}

	}

}
