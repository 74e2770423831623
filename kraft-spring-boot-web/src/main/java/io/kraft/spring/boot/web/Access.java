package io.kraft.spring.boot.web;

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
