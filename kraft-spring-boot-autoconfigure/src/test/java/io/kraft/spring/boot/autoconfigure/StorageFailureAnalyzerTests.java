package io.kraft.spring.boot.autoconfigure;

import java.util.function.Supplier;

import io.kraft.engine.store.StaleEpochException;
import io.kraft.engine.store.StorageException;
import io.kraft.engine.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

class StorageFailureAnalyzerTests {

	@ParameterizedTest
	@CsvSource({ StorageException.LOCKED + ", Stop the other process",
			StorageException.UNUSABLE_DIRECTORY + ", readable and writable for the user",
			StorageException.DAMAGED + ", Restore the directory from a backup",
			StorageException.UNKNOWN_FORMAT + ", Start the version of Kraft that wrote the data",
			StorageException.FIXED_AT_CREATION + ", Set 'kraft.engine.partitions' to the number",
			StorageException.STALE_EPOCH + ", only one application uses the store",
			StorageException.READ_FAILED + ", docs/reference/errors.md#kraft-4007" })
	void aStoreThatCannotBeOpenedFailsTheStartWithItsMessageAndACure(String code, String cure) {
		FailureAnalysis analysis = FailedStart.of(UnusableStore.class, "code=" + code);

		assertThat(analysis.getDescription()).contains("could not open its store")
			.contains(code + ": '/var/lib/kraft' is of no use");
		assertThat(analysis.getAction()).contains(cure);
	}

	@Test
	void theSubtypeIsExplainedToo() {
		FailureAnalysis analysis = new StorageFailureAnalyzer().analyze(new StaleEpochException(3, 4));

		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("epoch 4");
	}

	static class UnusableStore {

		@Bean
		Supplier<Store> unusableStore(@Value("${code}") String code) {
			return () -> {
				throw new StorageException(code, "'/var/lib/kraft' is of no use", null);
			};
		}

	}

}
