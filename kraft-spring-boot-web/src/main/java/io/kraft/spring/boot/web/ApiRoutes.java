package io.kraft.spring.boot.web;

import java.util.List;
import java.util.stream.Stream;

import io.kraft.client.WorkflowClient;
import io.kraft.engine.KraftEngine;
import io.kraft.spring.boot.autoconfigure.KraftProperties;
import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;

/**
 * Routes that an application serves.
 *
 * @param base path below which there is nothing else; empty if there is none
 */
public record ApiRoutes(String base, List<Route> routes) {

	/**
	 * Those of the web API.
	 */
	static ApiRoutes of(KraftEngine engine, WorkflowClient client, NamedBackups backups, Arguments arguments,
			WebCalls calls, KraftProperties.Web properties, ShownPayloads payloads) {
		String base = properties.basePath() + "/api";
		String runs = base + "/runs";
		List<Route> routes = Stream
			.of(new WorkflowEndpoints(engine, client, arguments, runs).routes(),
					new RunEndpoints(client, payloads).routes(),
					new ResultEndpoint(new RunResult(client, calls), properties.maxWait(), payloads).routes(),
					new EventEndpoints(client, calls, properties.keepAlive(), payloads).routes(),
					new ActionEndpoints(client, runs).routes(), new MessageEndpoints(client, payloads).routes(),
					new CallbackEndpoints(client).routes(), new ScheduleEndpoints(client, runs).routes(),
					new QueueEndpoints(client).routes(), new StorageEndpoints(backups).routes(),
					new ReplayEndpoints(client).routes(), new DescriptionEndpoint(base).routes())
			.flatMap(List::stream)
			.map((route) -> route.below(base))
			.toList();
		return new ApiRoutes(base, routes);
	}

	/**
	 * Those that the application declares.
	 */
	static ApiRoutes of(List<WorkflowRouteEndpoints> declared) {
		return new ApiRoutes("", declared.stream().flatMap((endpoints) -> endpoints.routes().stream()).toList());
	}

}
