package io.kraft.spring.boot.autoconfigure.doctor;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.IntStream;

import io.kraft.engine.routing.PartitionMap;
import io.kraft.engine.store.check.CheckReport;
import io.kraft.engine.store.check.RepairReport;
import io.kraft.engine.store.rocksdb.PartitionLayout;
import io.kraft.engine.store.rocksdb.RocksDbDoctor;
import io.kraft.engine.store.rocksdb.RocksDbOptions;
import io.kraft.workflow.KraftException;

/**
 * Checks the stores of a data directory, or repairs them, and prints what it finds.
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
		return execute((store) -> {
			CheckReport report = RocksDbDoctor.check(store, PRINTED);
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
		return execute((store) -> {
			RepairReport report = RocksDbDoctor.repair(store, PRINTED);
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
			List<RocksDbOptions> stores = stores();
			int worst = SOUND;
			for (int partition = 0; partition < stores.size(); partition++) {
				if (stores.size() > 1) {
					this.out.println("Partition " + partition + ':');
				}
				worst = Math.max(worst, execute(examination, stores.get(partition)));
			}
			return (stores.size() > 1 && worst != UNREADABLE) ? Math.max(worst, checkTogether(stores)) : worst;
		}
		catch (KraftException ex) {
			return unreadable(ex);
		}
		finally {
			this.out.flush();
		}
	}

	private int execute(Examination examination, RocksDbOptions store) {
		try {
			return examination.examine(store).hasViolations() ? VIOLATIONS : SOUND;
		}
		catch (KraftException ex) {
			return unreadable(ex);
		}
	}

	private int checkTogether(List<RocksDbOptions> stores) {
		this.out.println("All partitions against each other:");
		PartitionMap map = new PartitionMap(stores.size());
		CheckReport report = RocksDbDoctor.checkTogether(stores, map::of, PRINTED);
		print(report);
		return report.hasViolations() ? VIOLATIONS : SOUND;
	}

	private int unreadable(KraftException cause) {
		this.out.println("The store was not examined. " + cause.getMessage());
		return UNREADABLE;
	}

	/** Of each partition; where there is none, that of the directory, which says so. */
	private List<RocksDbOptions> stores() {
		PartitionLayout layout = PartitionLayout.find(this.options.directory())
			.orElse(new PartitionLayout(this.options.directory(), 1));
		return IntStream.range(0, layout.partitions())
			.mapToObj((partition) -> new RocksDbOptions(layout.store(partition), this.options.sync(),
					this.options.nativeMemoryBytes(), this.options.shared()))
			.toList();
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

		CheckReport examine(RocksDbOptions store);

	}

}
