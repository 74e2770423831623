package io.kraft.sample.demo;

import io.kraft.client.WorkflowClient;
import io.kraft.client.WorkflowHandle;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Two runs play a ball to each other by signals.
 */
@Component("ping-pong")
class PingPongDemo implements Demo {

	private static final int HITS = 3;

	private final WorkflowClient client;

	private final WorkflowContext workflow;

	private final DemoOutput output;

	PingPongDemo(WorkflowClient client, WorkflowContext workflow, DemoOutput output) {
		this.client = client;
		this.workflow = workflow;
		this.output = output;
	}

	@Override
	public void run() {
		WorkflowHandle<@Nullable Void> ping = this.client.start(() -> play("ping", "pong"));
		WorkflowHandle<@Nullable Void> pong = this.client.start(() -> play("pong", "ping"));
		ping.signal("ball", 1);
		ping.result();
		pong.result();
		this.output.print("ping is %s, pong is %s".formatted(ping.status(), pong.status()));
	}

	@Workflow(name = "ping-pong", id = "#player")
	void play(String player, String opponent) {
		for (int hit = 0; hit < HITS; hit++) {
			int ball = this.workflow.awaitSignal("ball", Integer.class);
			this.output.print("%s hits ball %d".formatted(player, ball));
			if (ball < 2 * HITS) {
				this.workflow.signal(opponent, "ball", ball + 1);
			}
		}
	}

}
