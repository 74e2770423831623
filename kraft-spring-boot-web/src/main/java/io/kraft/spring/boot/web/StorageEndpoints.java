package io.kraft.spring.boot.web;

import java.util.List;

import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;

/**
 * Makes backups of the store.
 */
final class StorageEndpoints {

	private final NamedBackups backups;

	StorageEndpoints(NamedBackups backups) {
		this.backups = backups;
	}

	List<Route> routes() {
		return List.of(Route.post("/storage/backups/{name}", this::backup));
	}

	private Answer backup(ApiRequest request) {
		EmptyBody.check(request);
		return Answer.Content.json(201, WebJson.write(this.backups.backup(request.variable("name"))));
	}

}
