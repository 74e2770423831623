package io.kraft.cluster;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "io.kraft.cluster", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesAreFreeOfCycles = slices().matching("io.kraft.(**)")
		.should()
		.beFreeOfCycles()
		.because("a package must be understood, tested and changed without those that build on it");

	@ArchTest
	static final ArchRule grpcIsKnownToItsTransportOnly = noClasses().that()
		.resideOutsideOfPackage("io.kraft.cluster.transport.grpc")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.apache.ratis.thirdparty.io..", "org.apache.ratis.grpc..")
		.because("what carries the calls can be changed in one place");

	@ArchTest
	static final ArchRule raftIsKnownToItsPackageAndToTheOneThatSharesItsPort = noClasses().that()
		.resideOutsideOfPackages("io.kraft.cluster.transport.grpc", "io.kraft.cluster.replication.ratis")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.apache.ratis..")
		.because("all above is tested on a simulated log");

	@ArchTest
	static final ArchRule nothingIsDeserializedByJava = noClasses().should()
		.dependOnClassesThat()
		.haveFullyQualifiedName("java.io.ObjectInputStream")
		.because("bytes of peers would choose the classes that are loaded");

}
