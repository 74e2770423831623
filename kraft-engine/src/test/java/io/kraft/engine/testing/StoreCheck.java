package io.kraft.engine.testing;

import io.kraft.engine.store.Store;
import io.kraft.engine.store.check.CheckReport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * With which each test of the engine ends.
 */
public final class StoreCheck {

	private static final int FINDINGS = 50;

	private StoreCheck() {
	}

	/**
	 * Fails if the store breaks a promise. Leftovers, which the next start removes, are
	 * allowed.
	 */
	public static void check(Store store) {
		check(store.check(FINDINGS));
	}

	/**
	 * As {@link #check(Store)}.
	 */
	public static void check(CheckReport report) {
		assertThat(report.violations()).as("what the check of the store finds: %s", report.summary()).isEmpty();
		assertThat(report.hasViolations()).as(report.summary()).isFalse();
	}

}
