package io.irpc.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Renames, documents or hides one method of an {@link IrpcService}.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface IrpcFunction {

	/**
	 * Name of the function inside the name space of its service.
	 * @return a name of the protocol's grammar, or the empty string for the method's name
	 */
	String value() default "";

	/**
	 * Older names of the function inside the name space of its service, under which it is
	 * still called. They are not listed, and who may call the function is decided by its
	 * current name.
	 * @return names of the protocol's grammar
	 */
	String[] aliases() default {};

	/**
	 * Documentation that {@code help} answers to people (protocol §3).
	 * @return plain text
	 */
	String description() default "";

	/**
	 * Whether the method is not published.
	 * @return {@code true} to hide the method
	 */
	boolean exclude() default false;

	/**
	 * Whether the function never blocks. It then runs on the thread that reads the
	 * network, with its arguments bound there too: a function that declares this and
	 * waits nevertheless stalls every session of that thread.
	 * @return {@code true} to run on the event loop
	 */
	boolean nonBlocking() default false;

	/**
	 * How long a call through a proxy of this interface may take, in place of the time of
	 * the client.
	 * @return a duration such as {@code 5s} or {@code 500ms}, above 0; the empty string
	 * for the client's
	 */
	String timeout() default "";

	/**
	 * Whether it does no harm to call the function twice. A call through a proxy of this
	 * interface is then repeated when its connection is lost and nobody knows what has
	 * become of it.
	 * @return {@code true} if calls may be repeated
	 */
	boolean idempotent() default false;

	/**
	 * Whether a call through a proxy of this interface does not wait for an answer
	 * (protocol §6, feature {@code oneway}). The method returns nothing, or a future of
	 * nothing that completes when the call is handed to the connection.
	 * @return {@code true} if no answer is wanted
	 */
	boolean oneway() default false;

}
