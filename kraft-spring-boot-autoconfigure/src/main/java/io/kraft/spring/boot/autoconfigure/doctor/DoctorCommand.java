package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.backup.BackupSet;
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
		return each((options) -> {
			CheckReport report = RocksDbDoctor.check(options, PRINTED);
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
		return each((options) -> {
			RepairReport report = RocksDbDoctor.repair(options, PRINTED);
			this.out.println("Before:");
			print(report.before());
			this.out.println("Repaired: " + report.keysWritten() + " keys written, " + report.keysRemoved()
					+ " keys removed in indexes, counts and timers. After:");
			print(report.after());
			return report.after();
		});
	}

	/** Of several partitions each by itself, and then all against each other. */
	private int each(Examination examination) {
		List<RocksDbOptions> partitions = partitions();
		if (partitions.isEmpty()) {
			return execute(this.options, examination);
		}
		int worst = SOUND;
		for (RocksDbOptions partition : partitions) {
			worst = Math.max(worst, execute(partition, examination));
		}
		if (worst != UNREADABLE) {
			PartitionMap map = new PartitionMap(partitions.size());
			worst = Math.max(worst, execute(this.options, (all) -> {
				this.out.println("All partitions against each other:");
				CheckReport report = RocksDbDoctor.checkTogether(partitions, map::of, PRINTED);
				print(report);
				return report;
			}));
		}
		return worst;
	}

	/** None if the directory is itself that of a store. */
	private List<RocksDbOptions> partitions() {
		List<RocksDbOptions> partitions = new ArrayList<>();
		Path next = BackupSet.directory(this.options.directory(), 0);
		while (Files.isDirectory(next)) {
			partitions.add(new RocksDbOptions(next, this.options.sync(), this.options.nativeMemoryBytes(),
					this.options.shared()));
			next = BackupSet.directory(this.options.directory(), partitions.size());
		}
		return partitions;
	}

	private int execute(RocksDbOptions options, Examination examination) {
		String directory = options.directory().toAbsolutePath().normalize().toString();
		this.out.println("Kraft's doctor examines the store in " + directory);
		try {
			return examination.examine(options).hasViolations() ? VIOLATIONS : SOUND;
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

		CheckReport examine(RocksDbOptions options);

	}

}
