package io.kraft.spring.boot.autoconfigure.web;

/**
 * The body of a request that needs none: nothing, or an empty object.
 */
record Nothing() {

	static void check(ApiRequest request) {
		if (!request.body().isEmpty()) {
			WebJson.read(request, Nothing.class);
		}
	}

}
