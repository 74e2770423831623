/**
 * The web API in a servlet application.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure.web.servlet;

import org.jspecify.annotations.NullMarked;
