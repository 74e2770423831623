/**
 * Backups below a configured directory, for those who may name a backup but no path: the
 * actuator and the web API.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.backup;

import org.jspecify.annotations.NullMarked;
