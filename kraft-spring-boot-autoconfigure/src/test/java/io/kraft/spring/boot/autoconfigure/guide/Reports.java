package io.kraft.spring.boot.autoconfigure.guide;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.CatchUp;
import io.kraft.workflow.Overlap;
import io.kraft.workflow.Schedule;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Service;

@Service
class Reports {

	private final WorkflowClient client;

	private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

	Reports(WorkflowClient client) {
		this.client = client;
	}

	@Schedule(cron = "0 0 3 * * *", zone = "Europe/Berlin", catchUp = CatchUp.LATEST)
	@Workflow(name = "nightly-report")
	void nightly(Instant fireTime) {
		send("report of " + fireTime);
	}

	@Schedule(every = "10m", catchUp = CatchUp.ALL, overlap = Overlap.ALLOW)
	@Workflow(name = "clean-up", retention = "1h")
	void cleanUp() {
		send("cleaned up");
	}

	@Step(name = "send")
	void send(String text) {
		this.sent.add(text);
	}

	List<String> sent() {
		return this.sent;
	}

	void holiday() {
		client.pauseSchedule("nightly-report"); // survives restarts
	}

	WorkflowHandle<Object> back() {
		client.resumeSchedule("nightly-report"); // what was missed is not caught up
		return client.triggerSchedule("nightly-report"); // one run now
	}

	List<ScheduleDescription> quiet() {
		return client.schedules()
			.stream()
			.filter((schedule) -> schedule.paused() || schedule.lastTick() == null)
			.toList();
	}

	boolean hasRun(Instant fireTime) {
		return client.find("nightly-report@" + fireTime).isPresent();
	}

}
