package io.irpc.service;

import io.irpc.annotation.IrpcParam;
import io.irpc.annotation.IrpcService;
import io.irpc.support.Analyses;
import io.irpc.support.ServerRunner;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.implementation.FixedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What cannot be published fails the start and says which method and what to do.
 */
class PublishingFailureTests {

	private final ApplicationContextRunner runner = ServerRunner.of();

	@Test
	void whenMethodIsOverloadedThenStartFailsNamingBoth() {
		FailureAnalysis analysis = analyse(Overloaded.class);
		assertThat(analysis.getDescription()).contains("the function many.find")
			.contains(Overloaded.class.getName() + ".find(int)")
			.contains(Overloaded.class.getName() + ".find(String, int)");
		assertThat(analysis.getAction()).contains("@IrpcFunction");
	}

	@Test
	void whenTwoServicesShareANameThenStartFailsNamingBoth() {
		FailureAnalysis analysis = analyse(FirstService.class, SecondService.class);
		assertThat(analysis.getDescription()).contains("the function shared.run")
			.contains(FirstService.class.getName() + ".run()")
			.contains(SecondService.class.getName() + ".run()");
		assertThat(analysis.getAction()).contains("name spaces");
	}

	@Test
	void whenServiceHasTheNameOfAPredefinedFunctionThenStartFails() {
		assertThat(analyse(Whoami.class).getDescription()).contains("the function whoami")
			.contains(PredefinedFunctions.class.getName() + ".whoami(SessionUser)");
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void whenApplicationIsRunThenTheReportStandsInTheOutput(CapturedOutput output) {
		SpringApplication application = new SpringApplication(OverloadedApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatExceptionOfType(IrpcConfigurationException.class)
			.isThrownBy(() -> application.run("--irpc.server.port=0"));
		assertThat(output).contains("APPLICATION FAILED TO START", "Description:", "Overloaded.find(int)",
				"Overloaded.find(String, int)", "Action:");
	}

	@Test
	void whenParameterNamesAreNotCompiledInThenStartFailsNamingTheOption() {
		Class<?> type = new ByteBuddy().subclass(Object.class)
			.name("io.irpc.service.WithoutNames")
			.annotateType(AnnotationDescription.Builder.ofType(IrpcService.class).build())
			.defineMethod("echo", String.class, Visibility.PUBLIC)
			.withParameters(String.class)
			.intercept(FixedValue.value("echo"))
			.make()
			.load(getClass().getClassLoader())
			.getLoaded();
		FailureAnalysis analysis = analyse(type);
		assertThat(analysis.getDescription()).contains("io.irpc.service.WithoutNames.echo(String)");
		assertThat(analysis.getAction()).contains("-parameters").contains("@IrpcParam");
	}

	@ParameterizedTest
	@ValueSource(classes = { BadSpace.class, BadParameter.class, Dollar.class })
	void whenNameIsNotAllowedByTheProtocolThenStartFails(Class<?> service) {
		FailureAnalysis analysis = analyse(service);
		assertThat(analysis.getDescription()).contains(service.getName()).contains("is not allowed by the protocol");
		assertThat(analysis.getAction()).contains("@Irpc");
	}

	@Test
	void whenDefaultIsNotOfItsTypeThenStartFails() {
		FailureAnalysis analysis = analyse(BadDefault.class);
		assertThat(analysis.getDescription()).contains("The default 'many' of the parameter limit")
			.contains(BadDefault.class.getName() + ".list(int)");
		assertThat(analysis.getAction()).contains("defaultValue");
	}

	private FailureAnalysis analyse(Class<?>... services) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		this.runner.withUserConfiguration(services)
			.run((context) -> result[0] = Analyses.of(context.getStartupFailure()));
		return result[0];
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Overloaded.class)
	static class OverloadedApplication {

	}

	@IrpcService("many")
	static class Overloaded {

		public int find(int id) {
			return id;
		}

		public int find(String name, int id) {
			return id;
		}

	}

	@IrpcService("shared")
	static class FirstService {

		public void run() {
		}

	}

	@IrpcService("shared")
	static class SecondService {

		public void run() {
		}

	}

	@IrpcService
	static class Whoami {

		public String whoami() {
			return "me";
		}

	}

	@IrpcService("bad space")
	static class BadSpace {

		public void run() {
		}

	}

	@IrpcService
	static class BadParameter {

		public void run(@IrpcParam("two-words") int number) {
		}

	}

	@IrpcService
	static class Dollar {

		public void $size() {
		}

	}

	@IrpcService
	static class BadDefault {

		public int list(@IrpcParam(defaultValue = "many") int limit) {
			return limit;
		}

	}

}
