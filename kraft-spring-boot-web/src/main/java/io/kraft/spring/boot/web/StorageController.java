package io.kraft.spring.boot.web;

import io.kraft.spring.boot.autoconfigure.backup.NamedBackups;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/**
 * Makes backups of the store.
 */
final class StorageController extends ApiController {

	private final NamedBackups backups;

	StorageController(NamedBackups backups) {
		this.backups = backups;
	}

	@PostMapping("/storage/backups/{name}")
	ResponseEntity<byte[]> backup(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] body) {
		WebJson.readEmpty(body);
		return Answers.json(201, this.backups.backup(name));
	}

}
