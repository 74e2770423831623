/**
 * Backups below a configured directory, for callers that may name a backup but not a
 * path: the actuator and the web API.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.backup;

import org.jspecify.annotations.NullMarked;
