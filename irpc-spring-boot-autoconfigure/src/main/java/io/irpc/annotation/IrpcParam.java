package io.irpc.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a parameter of a function and gives it a default, so that callers which do not
 * know the parameter keep working (protocol §4).
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface IrpcParam {

	/**
	 * Stands for "no default" in {@link #defaultValue()}.
	 */
	String NO_DEFAULT = "\n\t\t\n\t\t\n\uE000\n\t\t\t\t\n";

	/**
	 * Name of the argument.
	 * @return an identifier of the protocol's grammar, or the empty string for the name
	 * in the source (which needs the compiler's {@code -parameters} option)
	 */
	String value() default "";

	/**
	 * Older names of the argument, under which callers may still send it.
	 * @return identifiers of the protocol's grammar
	 */
	String[] aliases() default {};

	/**
	 * Value of a missing argument: JSON of the parameter's type, or plain text for a type
	 * that is written as a JSON string. Checked at start.
	 * @return the default
	 */
	String defaultValue() default NO_DEFAULT;

}
