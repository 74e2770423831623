package io.kraft.spring.boot.web;

/**
 * To be given back once; a second time has no effect.
 */
@FunctionalInterface
public interface Permit extends AutoCloseable {

	/** Of what is not counted. */
	Permit NONE = () -> {
	};

	@Override
	void close();

}
