package io.kraft.spring.boot.autoconfigure.guide;

import io.kraft.workflow.Step;
import io.kraft.workflow.StepContext;
import io.kraft.workflow.Workflow;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Ledger {

	private final JdbcTemplate jdbc;

	Ledger(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	@Workflow(name = "book")
	void book(String account, long cents) {
		add(account, cents);
	}

	@Step
	@Transactional
	void add(String account, long cents) {
		this.jdbc.update("insert into booking (id, account, cents) values (?, ?, ?)",
				StepContext.current().idempotencyKey(), account, cents);
	}

}
