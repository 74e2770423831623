package io.kraft.spring.boot.web;

/**
 * The web stacks, by Spring Boot's names for them.
 */
enum Stack {

	SERVLET, REACTIVE

}
