package io.kraft.engine.channel;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoomWaitsTests {

	private final RoomWaits waits = new RoomWaits();

	private final List<String> notified = new ArrayList<>();

	@Test
	void notifiesAsManyAsThereIsRoomForTheFirstOnesFirstAndEachOnce() {
		for (String name : List.of("a", "b", "c", "d")) {
			add(name);
		}

		this.waits.freed(0);
		this.waits.freed(-3);
		assertThat(this.notified).isEmpty();
		this.waits.freed(2);
		assertThat(this.notified).containsExactly("a", "b");
		this.waits.freed(1);
		assertThat(this.notified).containsExactly("a", "b", "c");
		this.waits.freed(Long.MAX_VALUE);
		this.waits.freed(Long.MAX_VALUE);
		assertThat(this.notified).containsExactly("a", "b", "c", "d");
	}

	@Test
	void roomGoesToTheNextWhereOneWaitsNoMore() {
		Runnable end = add("a");
		add("b");

		end.run();
		this.waits.freed(1);

		assertThat(this.notified).containsExactly("b");
	}

	@Test
	void oneThatEndsAsItIsNotifiedTakesNothingFromOthers() {
		Runnable[] end = new Runnable[1];
		end[0] = this.waits.add(() -> {
			this.notified.add("a");
			end[0].run();
		});
		add("b");

		this.waits.freed(1);
		assertThat(this.notified).containsExactly("a");
		end[0].run();
		this.waits.freed(1);
		assertThat(this.notified).containsExactly("a", "b");
	}

	@Test
	void oneThatComesAgainWhileItIsNotifiedWaitsForTheNextRoom() {
		this.waits.add(() -> add("again"));

		this.waits.freed(Long.MAX_VALUE);
		assertThat(this.notified).isEmpty();
		this.waits.freed(1);
		assertThat(this.notified).containsExactly("again");
	}

	private Runnable add(String name) {
		return this.waits.add(() -> this.notified.add(name));
	}

}
