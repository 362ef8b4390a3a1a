package io.irpc.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a value that never stands in a log, a trace or an error text: a parameter of a
 * function, or a member (record component, field or getter) of an argument, a return
 * value or an event. Errors tell what is wrong and where, not what was received.
 * <p>
 * The annotation counts on interfaces and overridden methods too. Texts that the
 * application itself sends or logs are its own matter; only failures that nobody expects
 * are logged without their messages when an argument is sensitive.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.PARAMETER, ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
public @interface IrpcSensitive {

	/**
	 * Authority without which a member of a return value or an event is hidden, as if the
	 * type did not have it. Anonymous sessions have no authorities. Means nothing on
	 * parameters and in arguments.
	 * @return an authority as {@code whaticando} lists it (protocol §3), or the empty
	 * string to show the member to everybody
	 */
	String authority() default "";

}
