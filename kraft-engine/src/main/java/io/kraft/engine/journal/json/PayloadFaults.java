package io.kraft.engine.journal.json;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.Payload;
import io.kraft.workflow.PayloadSerializationException;
import io.kraft.workflow.PayloadTooLargeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * What can go wrong with a value, in words: what, where, found and expected, and the fix.
 */
final class PayloadFaults {

	static final String USE_PLAIN_DATA = "Use plain data: a record, or a class with getters and a matching constructor "
			+ "or setters; leave what is not data out with @JsonIgnore, or put an id in its place.";

	private static final String SEE = " See docs/reference/errors.md#kraft-1004";

	// Of Jackson, how to switch off what makes the journal strict.
	private static final Pattern ADVICE = Pattern
		.compile(" \\((to avoid exception|set `DeserializationFeature).*|, not marked as ignorable.*", Pattern.DOTALL);

	private static final int EXCERPT_LENGTH = 200;

	private static final int REASON_LENGTH = 500;

	private PayloadFaults() {
	}

	/**
	 * A value that has no form in JSON.
	 * @param root path of the value
	 * @param secret whether what is written is encrypted where it is stored
	 */
	static PayloadSerializationException notWritable(String what, Type type, String root, boolean secret,
			Throwable cause) {
		String path = ValuePath.of(cause, root, secret);
		return new PayloadSerializationException(
				what + " of type " + type.getTypeName() + " cannot be written as JSON, at " + path + ": "
						+ (isTooDeep(cause) ? tooDeep() : reason(cause, secret) + ". " + writingFix(cause)) + SEE,
				causeOf(cause, secret), type.getTypeName(), path);
	}

	/**
	 * A payload that does not fit its type.
	 * @param root path of the value
	 * @param secret whether its contents are encrypted where it is stored: then they must
	 * not get into logs by an error
	 */
	static PayloadSerializationException notReadable(String what, Type type, String root, boolean secret,
			Payload payload, byte[] json, Throwable cause) {
		String path = ValuePath.of(cause, root, secret);
		String reason = isTooDeep(cause) ? tooDeep() : reason(cause, secret) + ". " + readingFix(cause, secret);
		return new PayloadSerializationException(
				what + " cannot be read as " + type.getTypeName() + ", at " + path + ": " + reason + " Found ("
						+ json.length + " bytes): "
						+ (secret ? (payload.codecs().isEmpty() ? "" : "wrapped by '" + payload.codecs() + "', ")
								+ "not shown" : excerpt(json, cause))
						+ "." + SEE,
				causeOf(cause, secret), type.getTypeName(), path);
	}

	static PayloadTooLargeException tooLarge(String what, long maxBytes) {
		return new PayloadTooLargeException(what + " is larger than " + maxBytes
				+ " bytes as JSON, the limit set by kraft.engine.max-payload-size. Keep large data elsewhere and pass "
				+ "a reference to it, or raise the limit. See docs/reference/errors.md#kraft-1005", null, maxBytes);
	}

	static PayloadSerializationException otherCount(String what, int expected, int found) {
		return new PayloadSerializationException(what + " should be " + expected + ", one for each parameter, but are "
				+ found + ". Was a parameter added or removed while runs of the old code are open? Keep the "
				+ "parameters, or add a new version of the workflow." + SEE);
	}

	/** Of a type, without a value. */
	static String writingFault(Throwable cause) {
		return reason(cause, false) + ". " + writingFix(cause);
	}

	/** Of a type, without a value. */
	static String readingFault(Throwable cause) {
		UnsupportedTypeException unsupported = unsupportedType(cause);
		return reason(cause, false) + ". " + ((unsupported != null) ? unsupported.fix() : readingFix(cause, false));
	}

	/** Of a type, without a value. */
	static String noConstructor(Class<?> type) {
		return type.getName() + " has no constructor by which it could be read back. " + giveConstructor(type);
	}

	private static String giveConstructor(Class<?> type) {
		return "Give " + type.getName() + " a constructor without parameters, or one that is annotated with "
				+ "@JsonCreator and names its properties, or make it a record.";
	}

	private static boolean isTooDeep(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof StackOverflowError || (cause instanceof StreamConstraintsException limit
					&& limit.getOriginalMessage().contains("nesting depth"))) {
				return true;
			}
		}
		return false;
	}

	private static String tooDeep() {
		return "it contains itself, or is nested deeper than " + JournalMapper.MAX_DEPTH
				+ " levels. Leave the way back out with @JsonIgnore, or put an id in its place.";
	}

	private static String writingFix(Throwable cause) {
		UnsupportedTypeException unsupported = unsupportedType(cause);
		if (unsupported != null) {
			return unsupported.fix();
		}
		if (cause instanceof InvalidDefinitionException) {
			return USE_PLAIN_DATA;
		}
		if (cause instanceof IllegalArgumentException) {
			return "Pass a value of the declared type.";
		}
		return "Make its getters return, or leave what they compute out with @JsonIgnore.";
	}

	private static String readingFix(Throwable cause, boolean secret) {
		UnsupportedTypeException unsupported = unsupportedType(cause);
		if (unsupported != null) {
			return unsupported.fix();
		}
		return switch (cause) {
			case UnrecognizedPropertyException unknown when DerivedProperty.isIn(unknown) ->
				DerivedProperty.fix(unknown);
			case UnrecognizedPropertyException unknown -> unknownProperty(secret ? "…" : unknown.getPropertyName());
			case InvalidTypeIdException ex ->
				"Keep the name of a class that was renamed with @JsonTypeName, and do not remove one that journals name.";
			case InvalidDefinitionException ex when ex.getOriginalMessage().contains("Key deserializer") ->
				KeyTypes.FIX;
			case InvalidDefinitionException ex when ex.getType() != null && ex.getType().isConcrete()
					&& !ex.getType().isContainerType() ->
				giveConstructor(ex.getType().getRawClass());
			case InvalidDefinitionException ex -> "Declare a concrete type, a sealed one, or one with @JsonTypeInfo; a "
					+ "class needs a constructor that names its properties, or one without parameters.";
			case MismatchedInputException ex ->
				"Pass what the type can be made of. Where older code has recorded it, keep the type that the field had; "
						+ "one that was not always there must not be a primitive.";
			case StreamReadException ex ->
				"The bytes are not one JSON value: were they written by another mapper or codec?";
			default -> "What was recorded must stay readable: keep the old form readable beside the new one.";
		};
	}

	private static String unknownProperty(String name) {
		String shown = MaskedTokens.cut(name, REASON_LENGTH);
		return "If a subclass was written, declare the subclass, or a sealed or @JsonTypeInfo type. If the class has no '"
				+ shown + "' any more, name its successor with @JsonAlias(\"" + shown
				+ "\"), or drop it with @JsonIgnoreProperties(\"" + shown + "\") on the class.";
	}

	private static String reason(Throwable cause, boolean secret) {
		UnsupportedTypeException unsupported = unsupportedType(cause);
		if (unsupported != null) {
			return shortened(unsupported.reason(secret));
		}
		if (secret) {
			return cause.getClass().getSimpleName();
		}
		if (!(cause instanceof JacksonException jackson)) {
			return shortened((cause instanceof IllegalArgumentException && cause.getMessage() != null)
					? cause.getMessage() : cause.toString());
		}
		if (cause.getCause() != null && !(cause.getCause() instanceof JacksonException)) {
			// A getter, setter or constructor of the application threw.
			return shortened(cause.getCause().toString());
		}
		return shortened(ADVICE.matcher(jackson.getOriginalMessage()).replaceFirst(""));
	}

	private static @Nullable UnsupportedTypeException unsupportedType(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnsupportedTypeException unsupported) {
				return unsupported;
			}
		}
		return null;
	}

	private static String excerpt(byte[] shown, @Nullable Throwable cause) {
		byte[] json = withoutTokens(shown);
		long offset = (cause instanceof JacksonException jackson && jackson.getLocation() != null)
				? jackson.getLocation().getByteOffset() : 0;
		int from = 0;
		if (json.length > EXCERPT_LENGTH && offset > EXCERPT_LENGTH / 2) {
			from = (int) Math.min(offset - EXCERPT_LENGTH / 2, json.length - EXCERPT_LENGTH);
		}
		int length = Math.min(EXCERPT_LENGTH, json.length - from);
		return ((from > 0) ? "…" : "") + new String(json, from, length, StandardCharsets.UTF_8)
				+ ((from + length < json.length) ? "…" : "");
	}

	/** Before it is cut, which may be in the middle of one. */
	private static byte[] withoutTokens(byte[] json) {
		return MaskedTokens.in(new String(json, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
	}

	private static String shortened(String text) {
		return MaskedTokens.cut(text, REASON_LENGTH);
	}

	// The trace of a stack that overflowed is a thousand equal frames.
	private static @Nullable Throwable causeOf(Throwable cause, boolean secret) {
		return (cause instanceof StackOverflowError) ? null : secret ? HiddenCause.of(cause) : cause;
	}

}
