package io.irpc.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets the client call a method of a bean for each firing of a server's event (protocol
 * §5.2).
 * <p>
 * The method returns nothing and has one parameter: the type that the event's arguments
 * are converted to, or {@code io.irpc.client.EventDelivery} of it. Its return
 * acknowledges the event; if it throws, it is called again some times, with pauses.
 * Events that could not be handled and gaps are published as application events. Methods
 * are called while the application runs: after it has started, before it stops.
 * <p>
 * Placeholders are resolved in all texts; empty ones are as if they were not set.
 *
 * @since 0.1.0
 */
@Documented
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
public @interface IrpcEventListener {

	/**
	 * Name of the event.
	 * @return a qualified name of the protocol's grammar
	 */
	String event();

	/**
	 * Client that listens, where there are several.
	 * @return the name behind {@code irpc.clients.}, or the qualifier or name of a bean
	 * of type {@code io.irpc.client.IrpcClient}; empty for the only or the primary one
	 */
	String client() default "";

	/**
	 * Name of the subscription, which no other one of the client has. Unless set here or
	 * by {@link #durable()}, it is that of the class and the method, joined by {@code -}.
	 * @return letters, digits, {@code _} and {@code -}
	 */
	String name() default "";

	/**
	 * Name of the subscription under which the server keeps the cursor of what is
	 * handled, so that nothing is missed while the application does not run.
	 * @return letters, digits, {@code _} and {@code -}; empty for one that is not durable
	 */
	String durable() default "";

	/**
	 * Conditions that an event must meet.
	 * @return a JSON object with operands by {@code path.operator}
	 */
	String where() default "";

	/**
	 * Where a durable subscription begins that the server does not know yet.
	 * @return a cursor, {@code 0} for the oldest event that the server has, or an
	 * ISO-8601 instant; empty for now
	 */
	String initial() default "";

	/**
	 * How many events to begin with that there are already.
	 * @return a number above 0; empty for none
	 */
	String last() default "";

	/**
	 * How many events the server sends ahead.
	 * @return a number above 0; empty for the client's default
	 */
	String window() default "";

	/**
	 * How many events are handled at once, which gives up their order.
	 * @return a number above 0; empty for one
	 */
	String concurrency() default "";

}
