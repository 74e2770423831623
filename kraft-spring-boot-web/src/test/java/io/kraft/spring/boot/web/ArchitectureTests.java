package io.kraft.spring.boot.web;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftProperties;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft.spring", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String ROOT = "io.kraft.spring.boot.web";

	private static final String AUTOCONFIGURE = "io.kraft.spring.boot.autoconfigure";

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.spring.boot.(**)")
		.should()
		.beFreeOfCycles()
		.because("a package that is in a circle cannot be understood, or changed, alone");

	@ArchTest
	static final ArchRule modulesAreFreeOfCycles = slices().matching("io.kraft.spring.boot.(*)..")
		.should()
		.beFreeOfCycles()
		.because("a folder with all that is below it is one floor, also where its packages alone make no circle");

	@ArchTest
	static final ArchRule theStacksDoNotKnowEachOther = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("servlet")
		.definedBy(ROOT + ".servlet..")
		.layer("reactive")
		.definedBy(ROOT + ".reactive..")
		.layer("shared")
		.definedBy(ROOT)
		.whereLayer("servlet")
		.mayOnlyAccessLayers("shared")
		.whereLayer("reactive")
		.mayOnlyAccessLayers("shared")
		.whereLayer("shared")
		.mayNotAccessAnyLayer()
		.ensureAllClassesAreContainedInArchitectureIgnoring(AUTOCONFIGURE + "..")
		.because("an application has one of them");

	@ArchTest
	static final ArchRule controllersAreSharedByTheStacks = noClasses().that()
		.resideInAPackage("io.kraft.spring.boot.web")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("jakarta.servlet..", "reactor..", "org.springframework.web.servlet..",
				"org.springframework.web.reactive..", "org.springframework.web.socket..")
		.because("an application has one of the stacks; what only one of them has is in a package of its own");

	@ArchTest
	static final ArchRule theAutoConfigurationIsUsedByItsPublicParts = noClasses().that()
		.resideInAPackage(ROOT + "..")
		.should()
		.dependOnClassesThat(resideInAPackage(AUTOCONFIGURE + "..")
			.and(not(resideInAnyPackage(AUTOCONFIGURE + ".backup", AUTOCONFIGURE + ".operator")))
			.and(not(belongToAnyOf(KraftAutoConfiguration.class, KraftProperties.class))))
		.because("how beans become durable, and what the actuator shows, may change without the web API");

	@ArchTest
	static final ArchRule noOneNamesTheStoresLibrary = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.rocksdb..")
		.because("the store's package in the engine is the one place that names RocksDB");

}
