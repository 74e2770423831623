package io.kraft.spring.boot.web;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.awaitility.Awaitility.await;

/**
 * An application's filter replaces bodies by streams that can only be read by a thread
 * that blocks: slow ones still hold up no other request.
 */
class ReplacedBodyTests {

	private static final int THREADS = 2;

	@Test
	@Timeout(value = 120, unit = TimeUnit.SECONDS)
	void slowBodiesHoldNoThreadThatOthersNeed() throws Exception {
		List<Socket> slow = new ArrayList<>();
		try (TestServer server = TestServer.open(Stack.SERVLET, Replacing.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true", "kraft.web.threads=" + THREADS,
				"server.tomcat.connection-timeout=10m")) {
			try {
				for (int i = 0; i < 2 * THREADS; i++) {
					slow.add(server
						.sent("POST " + WebApiContract.API + "/workflows/deliver HTTP/1.1\r\nHost: localhost\r\n"
								+ "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
				}
				await().until(() -> server.api().requests().held() == 2 * THREADS);

				server.get(WebApiContract.API + "/runs").isStatus(200);
				server.post(WebApiContract.API + "/workflows/deliver", "{\"arguments\":[\"Ada\"]}").isStatus(202);
			}
			finally {
				for (Socket socket : slow) {
					socket.close();
				}
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(ParcelApplication.class)
	static class Replacing {

		@Bean
		FilterRegistrationBean<Filter> replacing() {
			return new FilterRegistrationBean<>((request, response, chain) -> chain
				.doFilter(new ReplacedBody((HttpServletRequest) request), response));
		}

	}

	private static final class ReplacedBody extends HttpServletRequestWrapper {

		ReplacedBody(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			ServletInputStream body = super.getInputStream();
			return new ServletInputStream() {

				@Override
				public int read() throws IOException {
					return body.read();
				}

				@Override
				public int read(byte[] buffer, int offset, int length) throws IOException {
					return body.read(buffer, offset, length);
				}

				@Override
				public boolean isFinished() {
					return body.isFinished();
				}

				@Override
				public boolean isReady() {
					return body.isReady();
				}

				@Override
				public void setReadListener(ReadListener listener) {
					throw new UnsupportedOperationException();
				}

			};
		}

	}

}
