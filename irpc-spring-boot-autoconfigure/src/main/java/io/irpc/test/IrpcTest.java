package io.irpc.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Tests what an application has to do with IRPC, and starts nothing else of it: services,
 * events and listeners to events are found, other components have to be imported or
 * mocked.
 * <p>
 * The server opens no port: an {@link IrpcTestClient}, which can be injected, reaches it
 * inside the process. So do the application's own listeners and its {@code IrpcClient},
 * whatever address is configured. The journal is in memory. With Spring Security, the
 * rules of the application apply if they are imported.
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(IrpcTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(IrpcTypeExcludeFilter.class)
@ImportAutoConfiguration
public @interface IrpcTest {

	/**
	 * Properties of the environment, as {@code key=value}.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * Which services to start.
	 * @return classes, or interfaces that they implement; empty for all services
	 * @see #services()
	 */
	@AliasFor("services")
	Class<?>[] value() default {};

	/**
	 * Which services to start.
	 * @return classes, or interfaces that they implement; empty for all services
	 * @see #value()
	 */
	@AliasFor("value")
	Class<?>[] services() default {};

	/**
	 * Whether to start what this slice is for. If not, {@link #includeFilters()} has to
	 * say what to start.
	 * @return {@code true} to start it
	 */
	boolean useDefaultFilters() default true;

	/**
	 * What else to start.
	 * @return filters of components
	 */
	Filter[] includeFilters() default {};

	/**
	 * What not to start.
	 * @return filters of components
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configuration not to apply.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
