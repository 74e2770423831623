package io.kraft.spring.boot.web;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.springframework.http.HttpMethod;

/**
 * A method and a path, and what answers them.
 *
 * @param pattern path below the application's context path, with variables in braces, as
 * Spring reads it
 * @param access what the caller must be allowed
 */
public record Route(HttpMethod method, String pattern, Access access, Handler handler) {

	static Route get(String pattern, Function<ApiRequest, Answer> handler) {
		return new Route(HttpMethod.GET, pattern, Access.READ, Handler.of(handler));
	}

	static Route post(String pattern, Function<ApiRequest, Answer> handler) {
		return new Route(HttpMethod.POST, pattern, Access.WRITE, Handler.of(handler));
	}

	static Route put(String pattern, Function<ApiRequest, Answer> handler) {
		return new Route(HttpMethod.PUT, pattern, Access.WRITE, Handler.of(handler));
	}

	static Route delete(String pattern, Function<ApiRequest, Answer> handler) {
		return new Route(HttpMethod.DELETE, pattern, Access.WRITE, Handler.of(handler));
	}

	Route below(String path) {
		return new Route(this.method, path + this.pattern, this.access, this.handler);
	}

	/**
	 * What a caller must be allowed.
	 */
	public enum Access {

		/** To read runs, with the values that they hold. */
		READ,

		/** To change runs. */
		WRITE,

		/** To open a WebSocket, which is reading that a browser does not guard. */
		SOCKET,

		/** Not guarded by Kraft: the application guards the route. */
		APPLICATION

	}

	/**
	 * Answers requests, on a thread that may block.
	 */
	@FunctionalInterface
	public interface Handler {

		/**
		 * The answer, or the exception that is to be answered.
		 */
		CompletionStage<Answer> handle(ApiRequest request);

		/**
		 * One that has its answer when it returns.
		 */
		static Handler of(Function<ApiRequest, Answer> handler) {
			return (request) -> CompletableFuture.completedFuture(handler.apply(request));
		}

	}

}
