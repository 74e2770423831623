package io.kraft.spring.boot.web;

/**
 * The body of a request that needs none: absent, or an empty object.
 */
record EmptyBody() {

	static void check(ApiRequest request) {
		if (!request.body().isEmpty()) {
			WebJson.read(request, EmptyBody.class);
		}
	}

}
