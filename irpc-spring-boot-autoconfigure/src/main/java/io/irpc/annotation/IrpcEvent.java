package io.irpc.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Publishes an application event, or a payload published as a plain object, to every
 * session that monitors it (protocol §5).
 * <p>
 * The members of its JSON form are the event's arguments. Raised inside a transaction it
 * leaves after the commit, and never for a transaction that is rolled back.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface IrpcEvent {

	/**
	 * Name of the event.
	 * @return a qualified name of the protocol's grammar
	 */
	String value();

	/**
	 * Documentation that {@code help} answers to people (protocol §3).
	 * @return plain text
	 */
	String description() default "";

	/**
	 * Whether peers may raise the event themselves by {@code call ev:} (protocol §3).
	 * @return {@code true} to allow it
	 */
	boolean remoteRaise() default false;

}
