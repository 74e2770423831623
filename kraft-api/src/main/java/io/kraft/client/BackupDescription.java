package io.kraft.client;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A backup that is complete and durable.
 *
 * @param path its directory, which can be opened like the data directory
 * @param epoch number of the ownership under which it was made; the engine that opens it
 * takes the next one
 * @param runs about how many runs it holds, those that have ended included
 * @param sizeBytes of its files, also where they are shared with the data directory
 * @param createdAt when it was requested: every run acknowledged before is in it
 * @since 0.1.0
 */
public record BackupDescription(Path path, long epoch, long runs, long sizeBytes, Instant createdAt) {
}
