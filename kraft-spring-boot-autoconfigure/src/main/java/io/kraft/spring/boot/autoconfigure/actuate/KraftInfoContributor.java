package io.kraft.spring.boot.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kraft.client.EngineStoppedException;
import io.kraft.client.ScheduleDescription;
import io.kraft.client.WorkflowStatus;
import io.kraft.engine.KraftEngine;
import io.kraft.engine.PartitionHealth;
import io.kraft.engine.definition.WorkflowDefinition;
import io.kraft.engine.store.StatusCounts;
import io.kraft.workflow.WorkQueue;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Publishes the version of Kraft, the workflows that it can run, and how many runs it
 * holds.
 */
final class KraftInfoContributor implements InfoContributor {

	private final KraftEngine engine;

	private final String storage;

	KraftInfoContributor(KraftEngine engine, String storage) {
		this.engine = engine;
		this.storage = storage;
	}

	@Override
	public void contribute(Info.Builder builder) {
		Map<String, Object> kraft = new LinkedHashMap<>();
		String version = KraftEngine.class.getPackage().getImplementationVersion();
		if (version != null) {
			kraft.put("version", version);
		}
		kraft.put("storage", this.storage);
		kraft.put("epoch", this.engine.health().epoch());
		kraft.put("runs", runs());
		kraft.put("workflows", versions());
		kraft.put("queues", this.engine.definitions().queues().declared().stream().map(WorkQueue::name).toList());
		kraft.put("schedules", schedules());
		List<PartitionHealth> partitions = this.engine.partitions();
		if (partitions.size() > 1) {
			kraft.put("partitions", partitions.stream().map(KraftInfoContributor::partition).toList());
		}
		builder.withDetail("kraft", kraft);
	}

	private Map<String, List<Integer>> versions() {
		return this.engine.definitions()
			.workflows()
			.all()
			.stream()
			.collect(Collectors.groupingBy(WorkflowDefinition::name, TreeMap::new,
					Collectors.mapping(WorkflowDefinition::version, Collectors.toList())));
	}

	/** Items of queues are runs too. */
	private Map<WorkflowStatus, Long> runs() {
		return new TreeMap<>(
				this.engine.counts().values().stream().reduce(StatusCounts.NONE, StatusCounts::plus).counts());
	}

	private static Map<String, Object> partition(PartitionHealth partition) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("number", partition.number());
		map.put("state", partition.cause().isPresent() ? "FAILED" : "RUNNING");
		partition.cause().ifPresent((cause) -> map.put("code", cause.code()));
		map.put("epoch", partition.epoch());
		map.put("runs", new TreeMap<>(partition.runs().counts()));
		map.put("queuedCommits", partition.queuedCommits());
		map.put("outbox", partition.outbox().stream().map(KraftInfoContributor::outbox).toList());
		return map;
	}

	private static Map<String, Object> outbox(PartitionHealth.Outbox outbox) {
		Map<String, Object> map = new LinkedHashMap<>();
		map.put("target", outbox.target());
		map.put("waiting", outbox.waiting());
		map.put("age", outbox.age());
		outbox.alarm().ifPresent((alarm) -> map.put("alarm", alarm.code()));
		return map;
	}

	private List<String> schedules() {
		try {
			return this.engine.client().schedules().stream().map(ScheduleDescription::name).toList();
		}
		catch (EngineStoppedException ex) {
			return List.of();
		}
	}

}
