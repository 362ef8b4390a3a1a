package io.irpc.actuate;

import io.irpc.autoconfigure.actuate.IrpcEndpointAutoConfiguration;
import io.irpc.support.ServerRunner;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.actuate.web.ServletManagementContextAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;

/**
 * Runs applications with Actuator.
 */
final class EndpointRunner {

	private EndpointRunner() {
	}

	/**
	 * Return a runner of an application with an HTTP server and a server.
	 * @param configurations the classes of the application
	 * @return the runner
	 */
	static WebApplicationContextRunner web(Class<?>... configurations) {
		return actuator(ServerRunner.configure(httpServer())).withUserConfiguration(configurations);
	}

	/**
	 * Return a runner of an application with an HTTP server, a server, and logins.
	 * @param configurations the classes of the application
	 * @return the runner
	 */
	static WebApplicationContextRunner securedWeb(Class<?>... configurations) {
		return actuator(ServerRunner.secure(httpServer())).withUserConfiguration(configurations);
	}

	/**
	 * Return a runner of an application with a server that is managed by JMX.
	 * @param configurations the classes of the application
	 * @return the runner
	 */
	static ApplicationContextRunner jmx(Class<?>... configurations) {
		return actuator(ServerRunner.configure(new ApplicationContextRunner())).withUserConfiguration(configurations)
			.withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class, JmxEndpointAutoConfiguration.class))
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=irpc");
	}

	private static WebApplicationContextRunner httpServer() {
		return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
			.withConfiguration(AutoConfigurations.of(TomcatServletWebServerAutoConfiguration.class,
					DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class,
					HttpMessageConvertersAutoConfiguration.class, WebEndpointAutoConfiguration.class,
					ServletManagementContextAutoConfiguration.class, ManagementContextAutoConfiguration.class))
			.withPropertyValues("server.port=0", "management.endpoints.web.exposure.include=irpc");
	}

	private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R actuator(R runner) {
		return runner.withConfiguration(AutoConfigurations.of(EndpointAutoConfiguration.class,
				JacksonEndpointAutoConfiguration.class, IrpcEndpointAutoConfiguration.class));
	}

}
