package io.kraft.engine.fault;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What befalls a process that is at work, and how it must bear it. Afterwards the process
 * is dead, and the fault is over.
 */
@SuppressWarnings("try") // A test that is interrupted ends.
enum Fault {

	/** {@code SIGKILL}, under load or while the engine starts. */
	KILLED {
		@Override
		void befall(Child child, Random random) throws Exception {
			child.kill();
		}
	},

	/** {@code SIGTERM}: the virtual machine ends without asking the engine. */
	TERMINATED {
		@Override
		void befall(Child child, Random random) throws Exception {
			child.signal("TERM");
			child.awaitExit();
		}
	},

	/** {@code SIGSTOP}, longer than all timers, then {@code SIGCONT}. */
	SUSPENDED {
		@Override
		void befall(Child child, Random random) throws Exception {
			child.signal("STOP");
			child.waitFor(Duration.ofMillis(500 + random.nextInt(2000)));
			child.signal("CONT");
			child.awaitStarted();
			child.awaitProgress(10);
			assertThat(child.health().get(1)).isEqualTo("RUNNING");
			child.kill();
		}
	},

	/** Timers fire; those of later runs too. */
	CLOCK_SET_FORWARD {
		@Override
		void befall(Child child, Random random) throws Exception {
			child.command("clock " + TimeUnit.DAYS.toMillis(1 + random.nextInt(30)));
			child.awaitStarted();
			child.awaitProgress(10);
			child.kill();
		}
	},

	/** Timers wait for the time of theirs; those of later runs do not. */
	CLOCK_SET_BACK {
		@Override
		void befall(Child child, Random random) throws Exception {
			long jump = TimeUnit.HOURS.toMillis(1 + random.nextInt(48));
			child.command("clock " + -jump);
			child.waitFor(Duration.ofMillis(200));
			child.command("clock " + jump);
			child.awaitStarted();
			child.awaitProgress(10);
			child.kill();
		}

		@Override
		boolean showsTimersEarly() {
			return true;
		}
	},

	/**
	 * The application fills its heap of 96 MB: the engine works afterwards, or says why
	 * not.
	 */
	HEAP_FILLED {
		@Override
		void befall(Child child, Random random) throws Exception {
			child.command("fill " + (1000 + random.nextInt(2000)));
			child.awaitNote("filled");
			List<String> health = child.health();
			assertThat(health.get(1)).isIn("RUNNING", "FAILED");
			if (health.get(1).equals("FAILED")) {
				assertThat(health.get(2)).contains("KRAFT-4");
				child.stop();
			}
			else {
				child.awaitProgress(10);
				child.kill();
			}
		}
	},

	/** The directory and its files cannot be written any more, by root neither. */
	PERMISSIONS_LOST {
		@Override
		void befall(Child child, Random random) throws Exception {
			Path database = child.data().resolve("db");
			try (Immutable files = Immutable.make(database)) {
				assertThat(child.awaitHealth("FAILED").get(2)).contains("KRAFT-4001");
				child.stop();
				Refusal.check(child.data(), child.notes(), "KRAFT-4004", child.data().toString());
			}
		}
	},

	/**
	 * No byte is left on the file system of the data directory. It is so small that
	 * RocksDB cannot reserve space for its log, which would last for long.
	 */
	DISK_FULL {
		@Override
		void inPlace(Path directory, Befalling befalling) throws Exception {
			try (Volume volume = Volume.mount(directory.resolve("volume"), "48m")) {
				befalling.in(volume.data());
			}
		}

		@Override
		void befall(Child child, Random random) throws Exception {
			Volume volume = Volume.of(child.data());
			volume.fill();
			assertThat(child.awaitHealth("FAILED").get(2)).contains("KRAFT-4001");
			child.stop();
			// Stopping has freed a little.
			volume.fill();
			Refusal.check(child.data(), child.notes(), "KRAFT-4", child.data().toString());
			volume.free();
		}
	};

	abstract void befall(Child child, Random random) throws Exception;

	/**
	 * Makes the place of the data directory, for as long as the test lasts.
	 */
	void inPlace(Path directory, Befalling befalling) throws Exception {
		befalling.in(directory.resolve("data"));
	}

	/**
	 * Whether what fired on time can look as if it had been early.
	 */
	boolean showsTimersEarly() {
		return false;
	}

	/**
	 * A test with a data directory.
	 */
	@FunctionalInterface
	interface Befalling {

		void in(Path data) throws Exception;

	}

}
