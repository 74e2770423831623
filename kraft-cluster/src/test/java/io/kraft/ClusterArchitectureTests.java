package io.kraft;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules of the engine hold here too: no circle, no Spring, no clock of its own. What
 * is pure stays so: it is simulated from seeds, and what it would do beside that is not.
 */
@AnalyzeClasses(packages = "io.kraft",
		importOptions = { ImportOption.DoNotIncludeTests.class, ClusterArchitectureTests.NoJarOfTests.class })
class ClusterArchitectureTests {

	@ArchTest
	static final ArchTests rulesOfTheEngine = ArchTests.in(ArchitectureTests.class);

	@ArchTest
	static final ArchRule ratisIsNamedOnlyWhereItIsUsed = noClasses().that()
		.resideOutsideOfPackages("io.kraft.cluster.replication.ratis..", "io.kraft.cluster.transport.grpc..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.apache.ratis..")
		.because("what is above the replicated log is tested on a simulated one, and Raft's library can be replaced");

	@ArchTest
	static final ArchRule theStoreOnDiskIsNamedOnlyWhereReplicasAreMade = noClasses().that()
		.resideInAPackage("io.kraft.cluster..")
		.and()
		.doNotHaveSimpleName("DiskReplica")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.rocksdb..", "io.kraft.engine.store.rocksdb..")
		.because("a replica is replaced behind its interface");

	@ArchTest
	static final ArchRule replicationKnowsNothingOfWhatItCarries = noClasses().that()
		.resideInAPackage("io.kraft.cluster.replication..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.kraft.engine.run..", "io.kraft.engine.execution..", "io.kraft.engine.hosting..",
				"io.kraft.cluster.ownership..")
		.because("followers put bytes into their stores, whatever version of the engine wrote them");

	@ArchTest
	static final ArchRule foldersOfTheClusterAreFreeOfCycles = slices().matching("io.kraft.cluster.(*)..")
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
		.resideInAPackage("io.kraft.cluster..")
		.and()
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

	@ArchTest
	static final ArchRule grpcIsKnownToItsTransportOnly = noClasses().that()
		.resideOutsideOfPackage("io.kraft.cluster.transport.grpc")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.apache.ratis.thirdparty.io..")
		.because("what carries the calls can be changed in one place");

	@ArchTest
	static final ArchRule nothingIsDeserializedByJava = noClasses().that()
		.resideInAPackage("io.kraft.cluster..")
		.should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.io.ObjectInputStream")
		.because("bytes of peers would choose the classes that are loaded");

	/**
	 * Leaves out the jar with the engine's tests.
	 */
	static final class NoJarOfTests implements ImportOption {

		@Override
		public boolean includes(Location location) {
			return !location.contains("-tests.jar");
		}

	}

}
