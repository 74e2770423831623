/**
 * Tests of the web API: a real server, a real HTTP client, both stacks.
 */
@NullMarked
package io.kraft.spring.boot.web;

import org.jspecify.annotations.NullMarked;
