package io.kraft.engine.store;

/**
 * Visits the messages of an inbox one by one.
 */
@FunctionalInterface
public interface MessageVisitor {

	/**
	 * Visits a message.
	 * @param bytes about how many it takes on disk
	 * @return whether to continue with the next one
	 */
	boolean visit(Message message, int bytes);

}
