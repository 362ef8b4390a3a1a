package io.irpc.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.irpc.annotation.IrpcService;
import io.irpc.call.IrpcCaller;

import org.springframework.context.annotation.Import;

/**
 * Makes beans of interfaces annotated with {@link IrpcService}, whose methods call
 * functions of a server (see {@link IrpcCaller#proxy}). Stands on a configuration class.
 * <p>
 * Without types and packages, the interfaces in the package of the configuration class
 * and below it are imported. The start fails if there are none, and if there is no such
 * client.
 * <p>
 * Where the application has a bean of its own of the same type, that bean is injected.
 * The imported one is then to be had by the qualifier, which is the name of the client.
 *
 * @since 0.1.0
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ImportIrpcClients.Container.class)
@Import(ImportIrpcClientsRegistrar.class)
public @interface ImportIrpcClients {

	/**
	 * Interfaces to import.
	 * @return interfaces annotated with {@link IrpcService}
	 */
	Class<?>[] types() default {};

	/**
	 * Packages whose interfaces are imported, with those below them.
	 * @return names of packages; placeholders are resolved
	 */
	String[] basePackages() default {};

	/**
	 * Classes in whose packages interfaces are imported.
	 * @return a class of each package
	 */
	Class<?>[] basePackageClasses() default {};

	/**
	 * Name of the client that calls are made with: {@code NAME} of
	 * {@code irpc.clients.NAME}, or another qualifier of an {@code IrpcClient} bean.
	 * @return the name; the empty string for the client that is injected where none is
	 * asked for by name, such as that of {@code irpc.client.address}
	 */
	String client() default "";

	/**
	 * Holds several of these annotations.
	 */
	@Documented
	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@Import(ImportIrpcClientsRegistrar.class)
	@interface Container {

		/**
		 * The annotations.
		 * @return the annotations
		 */
		ImportIrpcClients[] value();

	}

}
