package io.kraft.engine.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import io.kraft.engine.store.kv.KeyCursor;
import io.kraft.engine.store.kv.Keyspace;
import io.kraft.engine.store.kv.OrderedKeys.KeySnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * A use that is not ended would make the closing of the database wait for ever.
 */
class RocksDbKeysTests {

	private static final byte[] KEY = { 1 };

	@TempDir
	Path temporary;

	private RocksDbKeys keys;

	@BeforeEach
	void open() {
		RocksDbStore.open(new RocksDbOptions(this.temporary, true)).close();
		this.keys = RocksDbKeys.open(this.temporary.resolve("db"), RocksDbOptions.DEFAULT_NATIVE_MEMORY_BYTES, () -> {
		});
	}

	@Test
	void aCursorThatCannotBeMadeEndsItsUse() throws Exception {
		this.keys.beginRead();

		assertThatNullPointerException()
			.isThrownBy(() -> new RocksDbCursor(this.keys.database(), this.keys::endUse, null, null, KEY, KEY));

		closing().get(20, TimeUnit.SECONDS);
	}

	@Test
	void whatIsClosedTwiceEndsOneUse() throws Exception {
		KeySnapshot snapshot = this.keys.snapshot();
		KeyCursor cursor = this.keys.scan(Keyspace.JOURNAL, KEY, null);
		snapshot.close();
		snapshot.close();
		FutureTask<Void> closing = closing();

		assertThat(cursor.first()).isFalse();
		cursor.close();
		closing.get(20, TimeUnit.SECONDS);
	}

	@Test
	void whatBelongsTogetherIsReleasedInReverseOrderWhateverAReleaseThrows() {
		List<String> released = new ArrayList<>();
		NativeObjects objects = new NativeObjects();
		objects.onRelease(() -> released.add("first"));
		objects.add(() -> {
			throw new IOException("second");
		});
		objects.onRelease(() -> released.add("third"));

		assertThatIllegalStateException().isThrownBy(objects::close).withMessageContaining("second");
		objects.close();

		assertThat(released).containsExactly("third", "first");
	}

	private FutureTask<Void> closing() {
		FutureTask<Void> closing = new FutureTask<>(this.keys::close, null);
		Thread.ofPlatform().daemon().start(closing);
		return closing;
	}

}
