package io.kraft.cluster;

import java.util.regex.Pattern;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * What is pure stays so: it is simulated from seeds, and what it would do beside that is
 * not.
 */
@AnalyzeClasses(packages = "io.kraft.cluster",
		importOptions = { ImportOption.DoNotIncludeTests.class, MembershipArchitectureTests.NoTests.class })
class MembershipArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.cluster.(*)..")
		.should()
		.beFreeOfCycles()
		.because("a package must be understood, tested and changed without those that build on it");

	@ArchTest
	static final ArchRule placementIsPure = classes().that()
		.resideInAPackage("io.kraft.cluster.placement..")
		.should()
		.onlyDependOnClassesThat()
		.resideInAnyPackage("java.lang..", "java.util", "java.util.function..", "java.util.stream..", "java.util.zip..",
				"java.nio.charset..", "java.time..", "org.jspecify..", "io.kraft.cluster.placement..",
				"io.kraft.cluster.membership..")
		.because("each node must plan the same from the same table");

	@ArchTest
	static final ArchRule swimIsPure = noClasses().that()
		.resideInAPackage("io.kraft.cluster.membership..")
		.and()
		.doNotHaveSimpleName("Membership")
		.and()
		.doNotHaveSimpleName("SwimDriver")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.util.concurrent..", "java.net..", "java.io..", "io.kraft.engine.timer..",
				"io.kraft.cluster.discovery..")
		.because("the simulation executes the code that runs in a cluster");

	@ArchTest
	static final ArchRule managementIsPure = noClasses().that()
		.resideInAPackage("io.kraft.cluster.management..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("java.util.concurrent..", "java.net..", "java.nio.file..", "io.kraft.engine..")
		.because("each voter must make the same table from the same commands");

	@ArchTest
	static final ArchRule jsonIsMadeInOneClass = noClasses().that()
		.haveNameNotMatching("io\\.kraft\\.cluster\\.management\\.ClusterJson.*")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("tools.jackson..")
		.because("the format is a promise, and is to be seen in one place");

	@ArchTest
	static final ArchRule multicastIsOptional = noClasses().that()
		.doNotHaveSimpleName("MdnsDiscovery")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("javax.jmdns..")
		.because("its library is an optional dependency");

	/**
	 * Leaves out classes of tests, wherever they were compiled to.
	 */
	static final class NoTests implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("-tests.jar") && !location.matches(Pattern.compile(".*/kraft-cluster/t/.*"));
		}

	}

}
