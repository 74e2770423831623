/**
 * Definitions as the scan reads them.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.definition;

import org.jspecify.annotations.NullMarked;
