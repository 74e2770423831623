package io.kraft.spring.boot.autoconfigure.transaction;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.kraft.client.StartOptions;
import io.kraft.client.WorkflowClient;
import io.kraft.workflow.Callback;
import io.kraft.workflow.Retry;
import io.kraft.workflow.Step;
import io.kraft.workflow.Workflow;
import io.kraft.workflow.WorkflowContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Workflows that read and write a table {@code orders}.
 */
class Shop {

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final AtomicInteger attempts = new AtomicInteger();

	private final JdbcTemplate jdbc;

	private final WorkflowContext workflow;

	private final ObjectProvider<WorkflowClient> client;

	Shop(JdbcTemplate jdbc, WorkflowContext workflow, ObjectProvider<WorkflowClient> client) {
		this.jdbc = jdbc;
		this.workflow = workflow;
		this.client = client;
	}

	List<String> seen() {
		return this.seen;
	}

	void insert(String id) {
		this.jdbc.update("insert into orders values (?)", id);
	}

	/** What it answers is whether it sees the row that its starter has written. */
	@Workflow(name = "order", id = "#id")
	String order(String id) {
		return count(id) + " rows";
	}

	@Workflow(name = "later", id = "#id")
	CompletableFuture<String> later(String id) {
		return CompletableFuture.completedFuture(id);
	}

	@Step(name = "count")
	int count(String id) {
		Integer rows = this.jdbc.queryForObject("select count(*) from orders where id = ?", Integer.class, id);
		return (rows != null) ? rows : 0;
	}

	@Step(name = "see")
	void see(String what) {
		this.seen.add(what);
	}

	@Workflow(name = "waiting", id = "#id")
	String waiting(String id) {
		return this.workflow.awaitSignal("go", String.class);
	}

	@Workflow(name = "calling", id = "#id")
	String calling(String id) {
		Callback<String> callback = this.workflow.callback(String.class);
		this.workflow.publish("token", callback.token());
		return callback.await();
	}

	@Workflow(name = "sleeping", id = "#id")
	void sleeping(String id) {
		this.workflow.sleep(Duration.ofDays(1));
	}

	@Workflow(name = "parent", id = "#id")
	void parent(String id) {
		startOrder(id);
	}

	/** Its first attempt is rolled back. */
	@Transactional
	@Step(name = "start-order", retry = @Retry(initialDelay = "0s"))
	public void startOrder(String id) {
		String child = id + "-" + this.attempts.incrementAndGet();
		insert(child);
		this.client.getObject().start(StartOptions.defaults().id(child), () -> order(child));
		if (this.attempts.get() == 1) {
			throw new IllegalStateException("not yet");
		}
	}

	@TransactionalEventListener
	void placed(Placed event) {
		this.client.getObject().start(() -> order(event.id()));
	}

	@EventListener
	@Workflow(name = "listening")
	void listening(Noticed event) {
	}

	record Placed(String id) {
	}

	record Noticed(String id) {
	}

}
