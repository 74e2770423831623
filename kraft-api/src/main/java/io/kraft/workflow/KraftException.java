package io.kraft.workflow;

import java.net.URI;
import java.time.DateTimeException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Root of all exceptions of Kraft. Each has a stable code, with which its message begins
 * and under which the {@linkplain ErrorDocs page of errors} explains it.
 *
 * @since 0.1.0
 */
public abstract class KraftException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String code;

	private final TreeMap<String, String> fields = new TreeMap<>();

	/**
	 * An exception of one line: hidden characters in its message are escaped, since that
	 * may have texts of others in it.
	 */
	protected KraftException(String code, @Nullable String message, @Nullable Throwable cause) {
		this(code, message, cause, false);
	}

	/**
	 * Of several lines, which only the engine and the developer have written.
	 */
	KraftException(String code, @Nullable String message, @Nullable Throwable cause, boolean isReport) {
		super(withCode(code, (isReport || message == null) ? message : VisibleText.escape(message)), cause);
		this.code = code;
	}

	/**
	 * The stable code, such as {@code KRAFT-1001}.
	 */
	public final String code() {
		return this.code;
	}

	/**
	 * Where its code is explained.
	 */
	public final URI link() {
		return ErrorDocs.section(this.code);
	}

	/**
	 * Id of the run that it is about; null if it is about none, or that is not known.
	 */
	public final @Nullable String runId() {
		return field("runId");
	}

	/**
	 * Position in its run, such as {@code 3} or {@code 2.1}, of the operation that it is
	 * about; null if it is about none, or that is not known.
	 */
	public final @Nullable String position() {
		return field("position");
	}

	/**
	 * The values in its message, as texts by name, for logs; its own methods give the
	 * same one by one. Kept by a journal: a restored exception has those of the recorded
	 * one.
	 * @return none of them is empty for lack of a value; cannot be changed
	 */
	public final Map<String, String> fields() {
		return Collections.unmodifiableMap(this.fields);
	}

	/**
	 * Gives it the fields of the exception that a journal has recorded. For the engine.
	 */
	public final void restoreFields(Map<String, String> recorded) {
		this.fields.putAll(recorded);
	}

	/**
	 * Keeps a field; for constructors.
	 * @param value whose text is complete; null if it is not known
	 */
	protected final void keep(String name, @Nullable Object value) {
		if (value != null) {
			this.fields.put(name, value.toString());
		}
	}

	/**
	 * The text of a field; null if it is not known.
	 */
	protected final @Nullable String field(String name) {
		return this.fields.get(name);
	}

	/**
	 * The value of a field; null if it is not known, or its text is not one of this
	 * version.
	 */
	protected final <T> @Nullable T field(String name, Function<String, T> read) {
		String text = field(name);
		try {
			return (text != null) ? read.apply(text) : null;
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static String withCode(String code, @Nullable String message) {
		if (message == null || message.isEmpty()) {
			return code;
		}
		// An exception restored from the journal brings its code along in the message,
		// and
		// keeps the text that was recorded.
		return message.startsWith(code) ? message : code + ": " + ErrorDocs.link(code, message);
	}

}
