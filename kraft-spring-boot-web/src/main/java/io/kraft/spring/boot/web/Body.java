package io.kraft.spring.boot.web;

/**
 * The bytes of a request's body.
 */
final class Body {

	static final Body NONE = new Body(new byte[0]);

	private final byte[] bytes;

	Body(byte[] bytes) {
		this.bytes = bytes;
	}

	byte[] bytes() {
		return this.bytes;
	}

	boolean isEmpty() {
		return this.bytes.length == 0;
	}

}
