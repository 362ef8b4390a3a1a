package io.irpc;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/**
 * Which package may depend on which.
 */
@AnalyzeClasses(packages = "io.irpc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	final ArchRule annotationStandsAlone = only("annotation");

	@ArchTest
	final ArchRule payloadKeepsToItsTable = only("payload", "annotation");

	@ArchTest
	final ArchRule protocolKeepsToItsTable = only("protocol", "payload");

	@ArchTest
	final ArchRule transportKeepsToItsTable = only("transport", "protocol", "payload");

	@ArchTest
	final ArchRule journalKeepsToItsTable = only("journal", "payload");

	@ArchTest
	final ArchRule sessionKeepsToItsTable = only("session", "payload", "protocol", "transport");

	@ArchTest
	final ArchRule serviceKeepsToItsTable = only("service", "annotation", "payload", "protocol", "session");

	@ArchTest
	final ArchRule serverKeepsToItsTable = only("server", "annotation", "payload", "protocol", "transport", "session",
			"service", "call");

	@ArchTest
	final ArchRule callKeepsToItsTable = only("call", "annotation", "payload", "protocol", "session", "service");

	@ArchTest
	final ArchRule clientKeepsToItsTable = only("client", "annotation", "payload", "protocol", "transport", "session",
			"service", "call");

	@ArchTest
	final ArchRule eventKeepsToItsTable = only("event", "annotation", "payload", "protocol", "journal", "session",
			"service", "server");

	@ArchTest
	final ArchRule securityKeepsToItsTable = only("security", "annotation", "payload", "protocol", "transport",
			"session", "service", "server");

	@ArchTest
	final ArchRule observationKeepsToItsTable = only("observation", "annotation", "payload", "protocol", "journal",
			"session", "service", "call", "server", "event", "security", "client");

	@ArchTest
	final ArchRule actuateKeepsToItsTable = only("actuate", "annotation", "payload", "protocol", "transport", "journal",
			"session", "service", "call", "server", "client", "event", "security", "observation");

	@ArchTest
	final ArchRule nothingDependsOnAutoconfigure = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackages("io.irpc.autoconfigure..", "io.irpc.test..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("io.irpc.autoconfigure..");

	@ArchTest
	final ArchRule nothingButTestDependsOnTestOrOnTestSupport = ArchRuleDefinition.noClasses()
		.that()
		.resideOutsideOfPackage("io.irpc.test..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.irpc.test..", "org.springframework.boot.test..", "org.springframework.test..",
				"org.assertj..", "org.junit..");

	@ArchTest
	final ArchRule everyPackageIsInTheTable = ArchRuleDefinition.classes()
		.should()
		.resideInAnyPackage("io.irpc.annotation", "io.irpc.payload", "io.irpc.protocol", "io.irpc.transport",
				"io.irpc.journal", "io.irpc.journal.jdbc", "io.irpc.session", "io.irpc.service", "io.irpc.call",
				"io.irpc.server", "io.irpc.client", "io.irpc.event", "io.irpc.security..", "io.irpc.observation",
				"io.irpc.actuate", "io.irpc.autoconfigure..", "io.irpc.test..");

	@ArchTest
	final ArchRule packagesAreFreeOfCycles = SlicesRuleDefinition.slices()
		.matching("io.irpc.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	final ArchRule lowPackagesDoNotUseSpring = ArchRuleDefinition.noClasses()
		.that()
		.resideInAnyPackage("io.irpc.payload..", "io.irpc.protocol..", "io.irpc.transport..", "io.irpc.journal")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..");

	private static ArchRule only(String name, String... allowed) {
		String[] packages = new String[allowed.length + 1];
		packages[0] = "io.irpc." + name + "..";
		for (int i = 0; i < allowed.length; i++) {
			packages[i + 1] = "io.irpc." + allowed[i] + "..";
		}
		return ArchRuleDefinition.classes()
			.that()
			.resideInAPackage("io.irpc." + name + "..")
			.should()
			.onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(packages)
				.or(JavaClass.Predicates.resideOutsideOfPackage("io.irpc..")));
	}

}
