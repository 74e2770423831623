package io.kraft.sample.notification;

import java.time.Instant;

import io.kraft.workflow.Schedule;
import io.kraft.workflow.Workflow;

import org.springframework.stereotype.Service;

/**
 * A mail to the owner of the shop, each morning.
 */
@Service
class DailyReport {

	private final NotificationService notifications;

	DailyReport(NotificationService notifications) {
		this.notifications = notifications;
	}

	@Workflow(name = "daily-report")
	@Schedule(cron = "0 0 6 * * *", zone = "UTC")
	void send(Instant morning) {
		this.notifications.sendNewsletter("owner", "The shop on " + morning);
	}

}
