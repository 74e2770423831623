package io.kraft.spring.boot.web.servlet;

import java.io.IOException;

import io.kraft.spring.boot.web.Access;
import io.kraft.spring.boot.web.ApiController;
import io.kraft.spring.boot.web.RunStreams;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Events of all runs, by WebSocket.
 */
final class ServletSocketController extends ApiController {

	private final RunStreams streams;

	private final SocketUpgrade sockets;

	ServletSocketController(RunStreams streams, SocketUpgrade sockets) {
		this.streams = streams;
		this.sockets = sockets;
	}

	@Override
	protected Access access(HttpMethod method) {
		return Access.SOCKET;
	}

	@GetMapping("/events")
	void events(@RequestParam MultiValueMap<String, String> parameters,
			@RequestHeader(name = HttpHeaders.UPGRADE, required = false) @Nullable String upgrade,
			HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		this.sockets.upgrade(this.streams.events(parameters, upgrade), request, response);
	}

}
