/**
 * The web API in a servlet application.
 */
@NullMarked
package io.kraft.spring.boot.web.servlet;

import org.jspecify.annotations.NullMarked;
