package io.kraft.sample;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft.sample", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.(**)")
		.should()
		.beFreeOfCycles()
		// A demo starts the application once more, in a process that it kills.
		.ignoreDependency(alwaysTrue(), type(SampleApplication.class))
		.because("a package must be understood, tested and changed without those that build on it");

	@ArchTest
	static final ArchRule theFloorsPointDown = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("demo")
		.definedBy("io.kraft.sample.demo..")
		.layer("order")
		.definedBy("io.kraft.sample.order..")
		.layer("services")
		.definedBy("io.kraft.sample.payment..", "io.kraft.sample.notification..")
		.layer("outside")
		.definedBy("io.kraft.sample.outside..")
		.whereLayer("demo")
		.mayOnlyAccessLayers("outside")
		.whereLayer("order")
		.mayOnlyAccessLayers("services", "outside")
		.whereLayer("services")
		.mayOnlyAccessLayers("outside")
		.whereLayer("outside")
		.mayNotAccessAnyLayer()
		.ensureAllClassesAreContainedInArchitectureIgnoring("io.kraft.sample")
		.because("who reads a floor need not know those above it");

	@ArchTest
	static final ArchRule anApplicationNeedsTheApiOnly = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.kraft.engine..", "io.kraft.spring..")
		.because("an application is written against what does not change with how it works");

}
