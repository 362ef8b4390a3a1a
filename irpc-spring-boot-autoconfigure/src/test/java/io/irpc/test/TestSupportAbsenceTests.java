package io.irpc.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.irpc.server.IrpcServer;
import io.irpc.test.greeting.GreetingApplication;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that applications do without the test kit and what it needs.
 */
class TestSupportAbsenceTests {

	@Test
	void whenTestSupportIsAbsentThenApplicationStarts() {
		ClassLoader withoutTestSupport = new FilteredClassLoader("io.irpc.test.Irpc", "org.springframework.boot.test",
				"org.springframework.test", "org.assertj", "org.junit");
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(GreetingApplication.class)
			.resourceLoader(new DefaultResourceLoader(withoutTestSupport))
			.run("--irpc.server.port=0", "--irpc.client.address=127.0.0.1:1")) {
			assertThat(context.getBean(IrpcServer.class).isRunning()).isTrue();
		}
	}

	@Test
	void autoConfigurationOfApplicationsDoesNotReferToTheTestKit() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null).getCandidates())
			.anyMatch((name) -> name.startsWith("io.irpc."))
			.noneMatch((name) -> name.startsWith("io.irpc.test."));
	}

	@Test
	void whatTheSliceImportsThatMayBeAbsentIsOptional() throws IOException {
		String imports = new ClassPathResource("META-INF/spring/" + IrpcTest.class.getName() + ".imports")
			.getContentAsString(StandardCharsets.UTF_8);
		assertThat(imports.lines()).isNotEmpty()
			.allMatch((line) -> line.startsWith("optional:") || line.startsWith("io.irpc.")
					|| line.startsWith("org.springframework.boot.autoconfigure."))
			.noneMatch((line) -> line.contains("jdbc"));
	}

}
