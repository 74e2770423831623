package io.kraft.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.Finding;
import io.kraft.engine.store.check.Finding.Severity;
import io.kraft.engine.store.kv.PartitionsCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a store before an engine takes its ownership.
 */
final class StoreVerification {

	private static final Logger logger = LoggerFactory.getLogger(StoreVerification.class);

	private static final int FINDINGS = 5;

	private StoreVerification() {
	}

	/**
	 * Checks the store, and closes it if this fails.
	 * @throws StorageException with {@link StorageException#INCONSISTENT} if a promise is
	 * broken
	 */
	static void verify(Store store) {
		try {
			long begin = System.nanoTime();
			CheckReport report = store.check(FINDINGS);
			logger.info("The store was checked in {} ms: {}", Duration.ofNanos(System.nanoTime() - begin).toMillis(),
					report.summary());
			if (report.hasViolations()) {
				throw inconsistent(report);
			}
		}
		catch (RuntimeException | Error ex) {
			store.close();
			throw ex;
		}
	}

	/**
	 * Checks the stores of all partitions against each other.
	 * @param stores in the order of the numbers of their partitions
	 * @throws StorageException likewise
	 */
	static void verifyTogether(List<Store> stores, PartitionMap map) {
		CheckReport report = PartitionsCheck.check(stores, map::of, FINDINGS);
		if (report.hasViolations()) {
			throw inconsistent(report);
		}
	}

	private static StorageException inconsistent(CheckReport report) {
		String first = report.violations().stream().map(Finding::toString).collect(Collectors.joining("; "));
		return new StorageException(StorageException.INCONSISTENT, "the store contradicts itself in "
				+ report.count(Severity.VIOLATION) + " places. The first are: " + first
				+ ". Nothing was changed. Stop here, and see all of them with the packaged application: "
				+ "java -jar <application>.jar --kraft.doctor; --kraft.doctor=repair rebuilds indexes, counts and "
				+ "timers; for the rest restore a backup. See docs/reference/errors.md#kraft-4020", null);
	}

}
