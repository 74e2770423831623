package io.kraft.test;

import java.time.Duration;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import io.kraft.spring.boot.autoconfigure.KraftEngineBuilderCustomizer;
import io.kraft.spring.boot.autoconfigure.definition.DurableBean;
import io.kraft.spring.boot.autoconfigure.definition.DurableBeans;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft.test", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.(**)")
		.should()
		.beFreeOfCycles()
		.because("a package must be understood, tested and changed without those that build on it");

	@ArchTest
	static final ArchRule theFloorsPointDown = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("spring")
		.definedBy("io.kraft.test.spring..")
		.layer("entry")
		.definedBy("io.kraft.test")
		.layer("scenario")
		.definedBy("io.kraft.test.scenario..")
		.layer("bench")
		.definedBy("io.kraft.test.bench..")
		.layer("replay")
		.definedBy("io.kraft.test.replay..")
		.layer("assertion")
		.definedBy("io.kraft.test.assertion..")
		.layer("call")
		.definedBy("io.kraft.test.call..")
		.layer("parts")
		.definedBy("io.kraft.test.journal..", "io.kraft.test.store..", "io.kraft.test.time..")
		.whereLayer("spring")
		.mayOnlyAccessLayers("entry", "bench", "parts")
		.whereLayer("spring")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("entry")
		.mayOnlyBeAccessedByLayers("spring")
		.whereLayer("scenario")
		.mayOnlyAccessLayers("bench", "call", "parts")
		.whereLayer("bench")
		.mayOnlyAccessLayers("call", "parts")
		.whereLayer("replay")
		.mayOnlyAccessLayers("parts")
		.whereLayer("assertion")
		.mayOnlyAccessLayers("call", "parts")
		.whereLayer("call")
		.mayOnlyAccessLayers("parts")
		.whereLayer("parts")
		.mayNotAccessAnyLayer()
		.ensureAllClassesAreContainedInArchitecture()
		.because("who reads a floor need not know those above it");

	/** The two annotations are only loaded where Spring reads them. */
	@ArchTest
	static final ArchRule theSpringFreeHalfKnowsNoSpring = noClasses().that()
		.resideOutsideOfPackage("io.kraft.test.spring..")
		.and()
		.doNotHaveFullyQualifiedName(KraftTest.class.getName())
		.and()
		.doNotHaveFullyQualifiedName(AutoConfigureKraftTest.class.getName())
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "io.kraft.spring..")
		.because("plain tests of the engine have no Spring on their class path");

	@ArchTest
	static final ArchRule theSpringHalfUsesLittleOfTheAutoConfiguration = noClasses().should()
		.dependOnClassesThat(resideInAPackage("io.kraft.spring..").and(not(belongToAnyOf(KraftAutoConfiguration.class,
				KraftEngineBuilderCustomizer.class, DurableBean.class, DurableBeans.class))))
		.because("how beans become durable may change without the test bench");

	@ArchTest
	static final ArchRule junitIsNamedByItsExtensionOnly = noClasses().that()
		.doNotHaveFullyQualifiedName(KraftEngineExtension.class.getName())
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.junit..")
		.because("a test with Spring may use another framework");

	@ArchTest
	static final ArchRule nothingSleeps = noClasses().should()
		.callMethod(Thread.class, "sleep", long.class)
		.orShould()
		.callMethod(Thread.class, "sleep", Duration.class)
		.because("a test must not depend on the speed of the machine");

}
