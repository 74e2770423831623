package io.kraft.spring.boot.autoconfigure.definition;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import io.kraft.engine.definition.ScheduleDefinition;
import io.kraft.spring.boot.autoconfigure.property.Overrides;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.InvalidDefinitionException;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * From {@link Schedule} to definitions.
 */
class ScheduleReaderTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void aCronIsReadInItsZone() {
		ScheduleDefinition schedule = schedule(Nightly.class);

		assertThat(schedule.name()).isEqualTo("nightly").isEqualTo(schedule.workflow());
		assertThat(schedule.description()).isEqualTo("cron 0 0 3 * * *");
		assertThat(schedule.zone()).isEqualTo(ZoneId.of("America/New_York"));
		assertThat(schedule.fireTimes().after(NOON)).isEqualTo("2026-03-02T08:00:00Z");
		assertThat(schedule.catchUp()).isEqualTo(CatchUp.LATEST);
		assertThat(schedule.overlap()).isEqualTo(Overlap.ALLOW);
	}

	@Test
	void anIntervalIsAnchoredAtTheEpochAndTheDefaultsAreCautious() {
		ScheduleDefinition schedule = schedule(Often.class);

		assertThat(schedule.name()).isEqualTo("Often.run");
		assertThat(schedule.description()).isEqualTo("every 7m");
		assertThat(schedule.zone()).isEqualTo(ZoneId.systemDefault());
		assertThat(schedule.fireTimes().after(NOON).toEpochMilli() % (7 * 60_000)).isZero();
		assertThat(schedule.fireTimes().after(NOON)).isBetween(NOON.plusMillis(1), NOON.plusSeconds(7 * 60));
		assertThat(schedule.catchUp()).isEqualTo(CatchUp.NONE);
		assertThat(schedule.overlap()).isEqualTo(Overlap.SKIP);
	}

	@Test
	void aScheduleOnAMethodOfAnAnnotatedTypeIsRead() {
		assertThat(schedule(AnnotatedType.class).workflow()).isEqualTo("AnnotatedType.run");
	}

	@Test
	void placeholdersAreResolvedAndADashMeansNone() {
		DefaultListableBeanFactory beanFactory = beanFactory(Configured.class);
		beanFactory.addEmbeddedValueResolver((text) -> text.replace("${report.cron}", "0 0 4 * * *"));
		assertThat(scan(beanFactory).getFirst().description()).isEqualTo("cron 0 0 4 * * *");

		beanFactory = beanFactory(Configured.class);
		beanFactory.addEmbeddedValueResolver((text) -> text.replace("${report.cron}", "-"));
		assertThat(scan(beanFactory)).isEmpty();
	}

	@Test
	void theScheduleOfTheHighestVersionCounts() {
		assertThat(schedule(Versions.class).description()).isEqualTo("every 2m");
	}

	static Stream<Arguments> wrongSchedules() {
		return Stream.of(wrong(Neither.class, "The schedule has neither cron nor every.", "Give it one of them"),
				wrong(BothGiven.class, "The schedule has both cron and every.", "Give it one of them"),
				wrong(BadCron.class, "The cron \"0 0 3 * *\" is not a cron expression (", "its six fields"),
				wrong(NeverComes.class, "The cron \"0 0 0 30 2 *\" never fires.", "a day that exists"),
				wrong(BadZone.class, "The zone \"Europe/Atlantis\" is not a time zone (", "\"Europe/Berlin\""),
				wrong(BadEvery.class, "The every \"often\" is not a duration", "\"5m\""),
				wrong(ZeroEvery.class, "The every \"0s\" is not a period of at least 1 ms", "\"10m\""),
				wrong(WrongParameters.class, "takes no parameter or one Instant, but this one takes Instant, String.",
						"Take the fire time"),
				wrong(NoWorkflow.class, "The method has a @Schedule, but is not a @Workflow.", "Put @Workflow on it"),
				wrong(StepWithSchedule.class, "The method has a @Schedule, but is not a @Workflow.",
						"Put @Workflow on it"),
				wrong(OldVersion.class, "The schedule is on version 1, but starts the highest version, which is 2.",
						"Put @Schedule on the method of version 2."));
	}

	private static Arguments wrong(Class<?> type, String fault, String cure) {
		return Arguments.of(type, fault, cure);
	}

	@ParameterizedTest
	@MethodSource("wrongSchedules")
	void aWrongScheduleIsInTheReportWithItsCure(Class<?> type, String fault, String cure) {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> scan(beanFactory(type)))
			.withMessageStartingWith("KRAFT-1003: 1 problem keeps")
			.withMessageContaining(fault)
			.withMessageContaining(" Fix: ")
			.withMessageContaining(cure);
	}

	@Test
	void allThatIsWrongWithASchedule() {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> scan(beanFactory(AllWrong.class)))
			.withMessageStartingWith("KRAFT-1003: 3 problems keep");
	}

	private static ScheduleDefinition schedule(Class<?> type) {
		List<ScheduleDefinition> found = scan(beanFactory(type));
		assertThat(found).hasSize(1);
		return found.getFirst();
	}

	private static List<ScheduleDefinition> scan(DefaultListableBeanFactory beanFactory) {
		return new DefinitionScan(beanFactory, new DurableTypes(), Overrides.none(), List.of()).run().schedules();
	}

	private static DefaultListableBeanFactory beanFactory(Class<?> type) {
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("bean", new RootBeanDefinition(type));
		return beanFactory;
	}

	static class Nightly {

		@Schedule(cron = "0 0 3 * * *", zone = "America/New_York", catchUp = CatchUp.LATEST, overlap = Overlap.ALLOW)
		@Workflow(name = "nightly")
		void run(Instant tick) {
		}

	}

	static class Often {

		@Schedule(every = "7m")
		@Workflow
		void run() {
		}

	}

	@Workflow
	static class AnnotatedType {

		@Schedule(every = "7m")
		public void run() {
		}

	}

	static class Configured {

		@Schedule(cron = "${report.cron}")
		@Workflow
		void run() {
		}

	}

	static class Versions {

		@Schedule(every = "1m")
		@Workflow(name = "same")
		void one() {
		}

		@Schedule(every = "2m")
		@Workflow(name = "same", version = 2)
		void two() {
		}

	}

	static class Neither {

		@Schedule
		@Workflow
		void run() {
		}

	}

	static class BothGiven {

		@Schedule(cron = "0 0 3 * * *", every = "1m")
		@Workflow
		void run() {
		}

	}

	static class BadCron {

		@Schedule(cron = "0 0 3 * *")
		@Workflow
		void run() {
		}

	}

	static class NeverComes {

		@Schedule(cron = "0 0 0 30 2 *")
		@Workflow
		void run() {
		}

	}

	static class BadZone {

		@Schedule(cron = "0 0 3 * * *", zone = "Europe/Atlantis")
		@Workflow
		void run() {
		}

	}

	static class BadEvery {

		@Schedule(every = "often")
		@Workflow
		void run() {
		}

	}

	static class ZeroEvery {

		@Schedule(every = "0s")
		@Workflow
		void run() {
		}

	}

	static class WrongParameters {

		@Schedule(every = "1m")
		@Workflow
		void run(Instant tick, String text) {
		}

	}

	static class NoWorkflow {

		@Schedule(every = "1m")
		void run() {
		}

	}

	static class StepWithSchedule {

		@Schedule(every = "1m")
		@Step
		void run() {
		}

	}

	static class OldVersion {

		@Schedule(every = "1m")
		@Workflow(name = "same")
		void one() {
		}

		@Workflow(name = "same", version = 2)
		void two() {
		}

	}

	static class AllWrong {

		@Schedule(cron = "x", zone = "y")
		@Workflow
		void run(String text) {
		}

	}

}
