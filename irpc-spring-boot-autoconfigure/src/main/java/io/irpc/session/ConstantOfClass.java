package io.irpc.session;

import java.util.function.Function;

/**
 * Finds out once for each class which constant of an enum stands for its objects: to ask
 * an object for an interface that it does not have takes a large part of the time of a
 * small call. Safe for use by many threads.
 *
 * @param <E> the type of the constants
 * @since 0.1.0
 */
public final class ConstantOfClass<E extends Enum<E>> {

	private final E[] constants;

	/**
	 * The number of the constant, as the constant itself would keep the class loader of
	 * this library for as long as there is the class.
	 */
	private final ClassValue<Integer> ordinals;

	/**
	 * Create an instance.
	 * @param constants all constants in their order
	 * @param finder tells which one stands for a class
	 */
	public ConstantOfClass(E[] constants, Function<Class<?>, E> finder) {
		this.constants = constants.clone();
		this.ordinals = new ClassValue<>() {

			@Override
			@SuppressWarnings("EnumOrdinal")
			protected Integer computeValue(Class<?> type) {
				return finder.apply(type).ordinal();
			}

		};
	}

	/**
	 * Return what stands for the objects of a class.
	 * @param type the class
	 * @return the constant
	 */
	public E of(Class<?> type) {
		return this.constants[this.ordinals.get(type)];
	}

}
