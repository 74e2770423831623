package io.kraft.engine.store;

/**
 * Is shown the messages of an inbox one by one.
 */
@FunctionalInterface
public interface MessageVisitor {

	/**
	 * Looks at a message.
	 * @param bytes about how many it takes on disk
	 * @return whether to go on to the next one
	 */
	boolean visit(Message message, int bytes);

}
