package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.PrintStream;

import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.RepairReport;
import io.kraft.engine.store.rocksdb.RocksDbDoctor;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.workflow.KraftException;

/**
 * Checks a store, or repairs it, and prints what it finds.
 */
final class DoctorCommand {

	/** There are no violations. */
	static final int SOUND = 0;

	/** There are violations. */
	static final int VIOLATIONS = 1;

	/** Nothing was checked. */
	static final int UNREADABLE = 2;

	/** Findings that are printed; further ones are counted. */
	private static final int PRINTED = 1000;

	private final RocksDbOptions options;

	private final PrintStream out;

	DoctorCommand(RocksDbOptions options, PrintStream out) {
		this.options = options;
		this.out = out;
	}

	/**
	 * Checks, and changes nothing.
	 * @return the exit code
	 */
	int check() {
		return execute(() -> {
			CheckReport report = RocksDbDoctor.check(this.options, PRINTED);
			print(report);
			if (report.repairable() > 0) {
				this.out.println(report.repairable()
						+ " of them can be repaired from the rows and journals: --kraft.doctor=repair");
			}
			return report;
		});
	}

	/**
	 * Rebuilds what is derived, and checks again.
	 * @return the exit code
	 */
	int repair() {
		return execute(() -> {
			RepairReport report = RocksDbDoctor.repair(this.options, PRINTED);
			this.out.println("Before:");
			print(report.before());
			this.out.println("Repaired: " + report.keysWritten() + " keys written, " + report.keysRemoved()
					+ " keys removed in indexes, counts and timers. After:");
			print(report.after());
			return report.after();
		});
	}

	private int execute(Examination examination) {
		String directory = this.options.directory().toAbsolutePath().normalize().toString();
		this.out.println("Kraft's doctor examines the store in " + directory);
		try {
			return examination.examine().hasViolations() ? VIOLATIONS : SOUND;
		}
		catch (KraftException ex) {
			this.out.println("The store was not examined. " + ex.getMessage());
			return UNREADABLE;
		}
		finally {
			this.out.flush();
		}
	}

	private void print(CheckReport report) {
		report.findings().forEach(this::println);
		long more = report.counts().values().stream().mapToLong(Long::longValue).sum() - report.findings().size();
		if (more > 0) {
			this.out.println("… and " + more + " more");
		}
		this.out.println(report.summary());
	}

	/** What a damaged store holds must not steer the terminal. */
	private void println(Object line) {
		this.out.println(line.toString().replaceAll("\\p{Cntrl}", "?"));
	}

	/**
	 * A check, or a repair with the check that follows.
	 */
	@FunctionalInterface
	private interface Examination {

		CheckReport examine();

	}

}
