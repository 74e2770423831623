package io.kraft.spring.boot.web;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application makes of its own controllers changes nothing of the web API.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class IsolationContract {

	private static final String API = WebApiContract.API;

	private TestServer server;

	abstract Stack stack();

	@BeforeAll
	void start() {
		this.server = TestServer.open(stack(), Opinionated.class, "kraft.web.enabled=true",
				"kraft.web.unsecured-writes=true");
	}

	@AfterAll
	void stop() {
		this.server.close();
	}

	@Test
	void theApplicationsOwnControllersHaveItsAdvice() {
		assertThat(this.server.get("/own").isStatus(418).body()).contains("advice");
	}

	@Test
	void answersAreNotThoseOfTheApplicationsAdviceOrCodecs() {
		String text = "x".repeat(10_000);

		Reply started = this.server.post(API + "/workflows/deliver", "{\"arguments\":[\"" + text + "\"]}")
			.isStatus(202);

		assertThat(started.text("/name")).isEqualTo("deliver");
		assertThat(this.server.get(API + "/runs/" + started.text("/id")).isStatus(200).body()).contains(text);
		assertThat(this.server.send(this.server.request(API + "/runs").header("Accept", "application/xml"))
			.isStatus(200)
			.header("content-type")).isEqualTo("application/json");
	}

	@Test
	void problemsAreNotThoseOfTheApplicationsAdvice() {
		this.server.get(API + "/runs/nobody").isProblem(404, "KRAFT-3001");
		this.server.get(API + "/runs/nobody/result?wait=1s").isProblem(404, "KRAFT-3001");
		this.server.get(API + "/runs?limit=0").isProblem(400, "KRAFT-6001");
		this.server.get(API + "/nothing").isProblem(404, "KRAFT-6004");
		this.server.post(API + "/runs").isProblem(405, "KRAFT-6004");
		this.server.post(API + "/workflows/deliver", "{").isProblem(400, "KRAFT-6001");
		this.server.get(API + "/events").isProblem(426, "KRAFT-6008");
	}

	@Test
	void controllersAreNoBeansThatAnAspectOrAScanCouldFind() {
		assertThat(this.server.beans(ApiController.class)).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ ParcelApplication.class, Advice.class, Own.class })
	static class Opinionated {

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@Import(BodyAdvice.class)
		static class Servlet {

		}

		@Configuration(proxyBeanMethods = false)
		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
		static class Reactive {

			@Bean
			WebFluxConfigurer smallBodies() {
				return new WebFluxConfigurer() {

					@Override
					public void configureHttpMessageCodecs(ServerCodecConfigurer codecs) {
						codecs.defaultCodecs().maxInMemorySize(16);
					}

				};
			}

		}

	}

	@RestController
	static class Own {

		@GetMapping("/own")
		String fail() {
			throw new IllegalStateException("own");
		}

	}

	@RestControllerAdvice
	static class Advice {

		@ModelAttribute
		void refuse() {
			throw new IllegalStateException("the model of the application");
		}

		@ExceptionHandler
		ResponseEntity<String> answer(Throwable failure) {
			return ResponseEntity.status(418).body("advice");
		}

	}

	@ControllerAdvice
	static class BodyAdvice implements ResponseBodyAdvice<Object> {

		@Override
		public boolean supports(MethodParameter returnType, Class<? extends HttpMessageConverter<?>> converter) {
			return true;
		}

		@Override
		public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter returnType, MediaType type,
				Class<? extends HttpMessageConverter<?>> converter, ServerHttpRequest request,
				ServerHttpResponse response) {
			return (body instanceof byte[]) ? new byte[0] : "the body of an advice";
		}

	}

}
