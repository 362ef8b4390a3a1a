package io.irpc.support;

import io.irpc.autoconfigure.IrpcAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientAutoConfiguration;
import io.irpc.autoconfigure.IrpcClientServicesAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventAutoConfiguration;
import io.irpc.autoconfigure.IrpcEventListenerAutoConfiguration;
import io.irpc.autoconfigure.IrpcServerAutoConfiguration;
import io.irpc.autoconfigure.security.IrpcSecurityAutoConfiguration;
import io.irpc.server.IrpcServer;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.ReactiveUserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ApplicationContext;

/**
 * Runs application contexts with a server on any free port.
 */
public final class ServerRunner {

	private ServerRunner() {
	}

	/**
	 * Return a runner.
	 * @param configurations the classes of the application
	 * @return the runner
	 */
	public static ApplicationContextRunner of(Class<?>... configurations) {
		return configure(new ApplicationContextRunner()).withUserConfiguration(configurations);
	}

	/**
	 * Return a runner of an application with Spring Security.
	 * @param configurations the classes of the application
	 * @return the runner
	 */
	public static ApplicationContextRunner secured(Class<?>... configurations) {
		return secure(new ApplicationContextRunner()).withUserConfiguration(configurations);
	}

	/**
	 * Add a server and Spring Security to an application.
	 * @param runner runs the application
	 * @param <R> the type of the runner
	 * @return the runner
	 */
	public static <R extends AbstractApplicationContextRunner<R, ?, ?>> R secure(R runner) {
		return configure(runner)
			.withConfiguration(AutoConfigurations.of(SecurityAutoConfiguration.class,
					UserDetailsServiceAutoConfiguration.class, ReactiveUserDetailsServiceAutoConfiguration.class,
					QuickPasswordsAutoConfiguration.class, IrpcSecurityAutoConfiguration.class))
			.withPropertyValues("irpc.server.login.initial-delay=1ms", "irpc.server.login.max-delay=1ms",
					"irpc.server.login.refusal-time=1ms", "spring.security.user.password=secret");
	}

	/**
	 * Add a server to an application.
	 * @param runner runs the application
	 * @param <R> the type of the runner
	 * @return the runner
	 */
	public static <R extends AbstractApplicationContextRunner<R, ?, ?>> R configure(R runner) {
		return runner
			.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, JacksonAutoConfiguration.class,
					ValidationAutoConfiguration.class, IrpcAutoConfiguration.class, IrpcEventAutoConfiguration.class,
					IrpcServerAutoConfiguration.class, IrpcClientAutoConfiguration.class,
					IrpcClientServicesAutoConfiguration.class, IrpcEventListenerAutoConfiguration.class))
			.withPropertyValues("irpc.server.port=0");
	}

	/**
	 * Connect to the server of a context.
	 * @param context the context
	 * @return the connected client
	 */
	public static RawClient connect(ApplicationContext context) {
		return new RawClient(context.getBean(IrpcServer.class).port());
	}

}
