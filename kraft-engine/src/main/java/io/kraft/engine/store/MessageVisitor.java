package io.kraft.engine.store;

/**
 * Visits the messages of an inbox one by one.
 */
@FunctionalInterface
public interface MessageVisitor {

	/**
	 * Visits a message.
	 * @param message without what it carries, unless it is whole
	 * @param isWhole false if it carries so much that only its head was read
	 * @param bytes about how many it takes on disk, with what it carries
	 * @return whether to continue with the next one
	 */
	boolean visit(Message message, boolean isWhole, int bytes);

}
