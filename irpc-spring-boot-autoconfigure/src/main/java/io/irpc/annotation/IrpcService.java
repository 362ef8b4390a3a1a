package io.irpc.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes the public methods of a Spring bean as functions that peers call by name
 * (protocol §3, {@code call}).
 * <p>
 * On a bean class, the public methods of that class are published. On an interface that a
 * bean implements, only the methods of the interface are. The annotation does not make a
 * class a bean: declare it as one in the usual way, for instance with {@code @Component}.
 * The same interface serves a client as the type of a proxy.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface IrpcService {

	/**
	 * Name space of the functions: {@code "errors"} publishes the method {@code list} as
	 * {@code errors.list}. Without one, the method name stands alone.
	 * @return a qualified name of the protocol's grammar, or the empty string for none
	 */
	String value() default "";

	/**
	 * Older name spaces of the functions, in which they are still called. They are not
	 * listed, and who may call a function is decided by its current name.
	 * @return qualified names of the protocol's grammar, or the empty string for none
	 */
	String[] aliases() default {};

}
