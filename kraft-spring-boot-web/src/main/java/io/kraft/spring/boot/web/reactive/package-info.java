/**
 * The web API in a reactive application.
 */
@NullMarked
package io.kraft.spring.boot.web.reactive;

import org.jspecify.annotations.NullMarked;
