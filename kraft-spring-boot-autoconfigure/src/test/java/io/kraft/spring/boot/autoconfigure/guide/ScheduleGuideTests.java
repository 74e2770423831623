package io.kraft.spring.boot.autoconfigure.guide;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.spring.boot.autoconfigure.KraftAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * What the page on schedules says of its example.
 */
class ScheduleGuideTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KraftAutoConfiguration.class))
		.withPropertyValues("kraft.storage.type=memory")
		.withBean(MovableClock.class)
		.withBean(Reports.class);

	@Test
	void aCronComesWhenTheClockIsMoved() {
		this.runner.run((context) -> {
			Instant fireTime = nextNight(context.getBean(MovableClock.class).instant());
			Reports reports = context.getBean(Reports.class);

			context.getBean(MovableClock.class).advance(Duration.ofDays(1));

			await().until(() -> reports.sent().contains("report of " + fireTime));
			assertThat(reports.hasRun(fireTime)).isTrue();
			assertThat(context.getBean(WorkflowClient.class).schedules())
				.extracting(ScheduleDescription::name, ScheduleDescription::description, ScheduleDescription::lastTick)
				.contains(tuple("nightly-report", "cron 0 0 3 * * *", fireTime));
		});
	}

	@Test
	void aScheduleGoesOnInTheNextApplicationContext(@TempDir Path directory) {
		ApplicationContextRunner onDisk = this.runner.withPropertyValues("kraft.storage.type=rocksdb",
				"kraft.storage.path=" + directory, "kraft.shutdown-grace-period=0s");
		onDisk.run((context) -> assertThat(context.getBean(Reports.class).quiet()).hasSize(2));

		onDisk.run((context) -> {
			context.getBean(MovableClock.class).advance(Duration.ofMinutes(35));
			await().until(() -> cleanUps(context.getBean(Reports.class)) >= 3);
		});
	}

	@Test
	void aPausedScheduleIsTriggeredByHand() {
		this.runner.run((context) -> {
			Reports reports = context.getBean(Reports.class);

			reports.holiday();
			assertThat(reports.quiet()).extracting(ScheduleDescription::paused).contains(true);
			assertThat(reports.back().id()).startsWith("nightly-report@manual-");

			await().until(() -> reports.sent().stream().anyMatch((text) -> text.startsWith("report of ")));
		});
	}

	private static long cleanUps(Reports reports) {
		return List.copyOf(reports.sent()).stream().filter("cleaned up"::equals).count();
	}

	private static Instant nextNight(Instant now) {
		ZonedDateTime night = now.atZone(ZoneId.of("Europe/Berlin"))
			.toLocalDate()
			.atTime(3, 0)
			.atZone(ZoneId.of("Europe/Berlin"));
		return night.toInstant().isAfter(now) ? night.toInstant() : night.plusDays(1).toInstant();
	}

}
