package io.kraft;

import java.util.Random;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	// Time enters the engine here, and nowhere else.
	private static final String TIME_EDGE = "io.kraft.engine.timer.SystemScheduler";

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.(**)")
		.should()
		.beFreeOfCycles()
		.because("a package must be understood, tested and changed without those that build on it");

	@ArchTest
	static final ArchRule foldersOfTheEngineAreFreeOfCycles = slices().matching("io.kraft.engine.(*)..")
		.should()
		.beFreeOfCycles()
		.because("a folder with all that is below it is one floor, also where its packages alone make no circle");

	@ArchTest
	static final ArchRule theFloorsOfTheEnginePointDown = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("entry")
		.definedBy("io.kraft.engine.call..", "io.kraft.engine.client..")
		.layer("hosting")
		.definedBy("io.kraft.engine.hosting..")
		.layer("schedule")
		.definedBy("io.kraft.engine.schedule..")
		.layer("execution")
		.definedBy("io.kraft.engine.execution..")
		.layer("control")
		.definedBy("io.kraft.engine.control..")
		.layer("lifecycle")
		.definedBy("io.kraft.engine.lifecycle..")
		.layer("operations")
		.definedBy("io.kraft.engine.admission..", "io.kraft.engine.operation..")
		.layer("run")
		.definedBy("io.kraft.engine.run..")
		.layer("partition")
		.definedBy("io.kraft.engine.ledger..", "io.kraft.engine.partition..", "io.kraft.engine.timer..")
		.layer("routing")
		.definedBy("io.kraft.engine.routing..")
		.layer("store")
		.definedBy("io.kraft.engine.store..")
		.layer("journal")
		.definedBy("io.kraft.engine.journal..")
		.layer("definition")
		.definedBy("io.kraft.engine.definition..")
		.whereLayer("entry")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("hosting")
		.mayOnlyBeAccessedByLayers("entry")
		.whereLayer("schedule")
		.mayOnlyBeAccessedByLayers("entry", "hosting")
		.whereLayer("execution")
		.mayOnlyBeAccessedByLayers("entry", "hosting", "schedule")
		.whereLayer("control")
		.mayOnlyBeAccessedByLayers("entry", "hosting", "schedule", "execution")
		.whereLayer("lifecycle")
		.mayOnlyBeAccessedByLayers("entry", "hosting", "schedule", "execution", "control")
		.whereLayer("operations")
		.mayOnlyBeAccessedByLayers("entry", "hosting", "schedule", "execution", "control", "lifecycle")
		.whereLayer("run")
		.mayOnlyBeAccessedByLayers("entry", "hosting", "schedule", "execution", "control", "lifecycle", "operations")
		.whereLayer("partition")
		.mayOnlyBeAccessedByLayers("entry", "hosting", "schedule", "execution", "control", "lifecycle", "operations",
				"run")
		.whereLayer("routing")
		.mayOnlyAccessLayers("store", "journal", "definition")
		.whereLayer("store")
		.mayOnlyAccessLayers("journal")
		.whereLayer("journal")
		.mayOnlyAccessLayers("definition")
		.whereLayer("definition")
		.mayNotAccessAnyLayer()
		.because("who reads a floor need not know those above it");

	// What backups are made of is on this node.
	@ArchTest
	static final ArchRule theClientReachesRunsByRoutingOnly = noClasses().that()
		.resideInAPackage("io.kraft.engine.client..")
		.and()
		.doNotHaveFullyQualifiedName("io.kraft.engine.client.EngineStorage")
		.should()
		.dependOnClassesThat(resideInAnyPackage("io.kraft.engine.hosting..", "io.kraft.engine.schedule..",
				"io.kraft.engine.channel..", "io.kraft.engine.execution..", "io.kraft.engine.control..",
				"io.kraft.engine.lifecycle..", "io.kraft.engine.admission..", "io.kraft.engine.ledger..",
				"io.kraft.engine.partition..", "io.kraft.engine.run..")
			.and(not(name("io.kraft.engine.run.ReplayGuard")))
			.and(not(name("io.kraft.engine.run.DerivedIds"))))
		.because("a run may be on another node, and what is asked of it must then be sent there");

	@ArchTest
	static final ArchRule theEngineKnowsNoSpring = noClasses().should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework..")
		.because("the engine must run, and be tested, without a container");

	@ArchTest
	static final ArchRule jacksonIsNamedOnlyWhereJsonIsMade = noClasses().that()
		.resideOutsideOfPackages("io.kraft.engine.journal.json..", "io.kraft.engine.export..", "io.kraft.engine",
				"io.kraft.cluster.management..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("tools.jackson..")
		.because("payloads are bytes to the engine, and the application chooses the mapper");

	@ArchTest
	static final ArchRule theClockIsGivenFromOutside = noClasses().that()
		.doNotHaveFullyQualifiedName(TIME_EDGE)
		.and()
		.haveNameNotMatching(TIME_EDGE.replace(".", "\\.") + "\\$.*")
		.should()
		.callMethodWhere(
				calls("java.time.(Instant|LocalDate|LocalDateTime|LocalTime|ZonedDateTime|OffsetDateTime)", "now"))
		.orShould()
		.callMethod(System.class, "currentTimeMillis")
		.orShould()
		.callMethodWhere(calls("java.lang.Thread", "sleep"))
		.orShould()
		.callMethodWhere(calls("java.util.concurrent.TimeUnit", "sleep"))
		.because("a test moves the clock, and a simulation runs a year in a second: take an InstantSource");

	@ArchTest
	static final ArchRule chanceIsSeeded = noClasses().should()
		.callConstructor(Random.class)
		.orShould()
		.callMethodWhere(calls("java.util.concurrent.ThreadLocalRandom", "current"))
		.orShould()
		.callMethodWhere(calls("java.lang.Math", "random"))
		.because("a failed simulation is found again by its seed: take a RandomGenerator");

	@ArchTest
	static final ArchRule theProgrammingModelKnowsNoEngine = noClasses().that()
		.resideInAnyPackage("io.kraft.workflow..", "io.kraft.client..")
		.should()
		.dependOnClassesThat(are(resideInAnyPackage("io.kraft.engine..")))
		.because("what users compile against must not change with how it works");

	private static DescribedPredicate<JavaCall<?>> calls(String ownerPattern, String method) {
		return target(owner(nameMatching(ownerPattern))).and(target(name(method)));
	}

}
