package io.kraft;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

/**
 * The rules of the engine hold here too: no circle, no Spring, no clock of its own.
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
