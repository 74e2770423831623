/**
 * Kraft in a Spring Boot application: configuration, proxies, actuator and web.
 */
@NullMarked
package io.kraft.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
