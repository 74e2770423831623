package io.kraft.spring.boot.web;

import java.util.List;

/**
 * The controllers that each web stack has of its own: those that answer with a stream.
 */
public record StreamControllers(List<ApiController> controllers) {

	public StreamControllers {
		controllers = List.copyOf(controllers);
	}

	public StreamControllers(ApiController... controllers) {
		this(List.of(controllers));
	}

}
