package io.kraft.spring.boot.web;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.TypeFactory;
import tools.jackson.databind.util.TokenBuffer;

import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.json.ProblemDetailJacksonMixin;

/**
 * JSON of the web API: strict where it is read, the same everywhere where it is written,
 * whatever {@code spring.jackson.*} configures.
 */
final class WebJson {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.typeFactory(TypeFactory.createDefaultInstance())
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
		.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
		.addMixIn(ProblemDetail.class, ProblemDetailJacksonMixin.class)
		.build();

	private static final byte[] NONE = {};

	private WebJson() {
	}

	/**
	 * The body of a request.
	 * @throws RequestRefusedException if it is not JSON, or does not fit
	 */
	static <T> T read(byte @Nullable [] body, Class<T> type) {
		try {
			T value = MAPPER.readValue((body != null) ? body : NONE, type);
			if (value != null) {
				return value;
			}
		}
		catch (JacksonException ex) {
			throw misfit("the body", ex);
		}
		throw RequestRefusedException.malformed("the body must not be null");
	}

	/**
	 * Any JSON, unchanged; null for {@code null}, and for no body at all.
	 */
	static @Nullable TokenBuffer readAny(byte @Nullable [] body) {
		try {
			return isEmpty(body) ? null : MAPPER.readValue(body, TokenBuffer.class);
		}
		catch (JacksonException ex) {
			throw misfit("the body", ex);
		}
	}

	/**
	 * Checks the body of a request that needs none: absent, or an empty object.
	 */
	static void readEmpty(byte @Nullable [] body) {
		if (!isEmpty(body)) {
			read(body, EmptyObject.class);
		}
	}

	private static boolean isEmpty(byte @Nullable [] body) {
		return body == null || body.length == 0;
	}

	static String write(@Nullable Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * A value that is not JSON, or does not fit its type. Reports where, without the
	 * names of the application's classes.
	 */
	static RequestRefusedException misfit(String what, JacksonException cause) {
		return RequestRefusedException.malformed(switch (cause) {
			case UnrecognizedPropertyException unknown -> what + " has the unknown field " + path(cause);
			case MismatchedInputException mismatch -> what + " does not fit at " + path(cause) + expected(mismatch);
			case DatabindException ex -> what + " is not acceptable at " + path(cause);
			case StreamReadException ex when ex.getLocation() != null -> what + " is not acceptable JSON, at line "
					+ ex.getLocation().getLineNr() + ", column " + ex.getLocation().getColumnNr();
			default -> what + " is not acceptable JSON";
		});
	}

	private static String expected(MismatchedInputException mismatch) {
		Class<?> type = mismatch.getTargetType();
		boolean isKnown = type != null && (type.isPrimitive() || type.getName().startsWith("java."));
		return isKnown ? ": expected " + type.getSimpleName() : "";
	}

	/** {@code $.items[3].customer}. */
	private static String path(JacksonException cause) {
		StringBuilder path = new StringBuilder("$");
		List<Reference> steps = cause.getPath();
		for (Reference step : steps.subList(0, Math.min(steps.size(), 20))) {
			if (step.getPropertyName() != null) {
				path.append('.').append(shortened(step.getPropertyName()));
			}
			else {
				path.append('[').append(step.getIndex()).append(']');
			}
		}
		return path.toString();
	}

	private static String shortened(String name) {
		return (name.length() <= 100) ? name : name.substring(0, 100) + "…";
	}

	/**
	 * An object without fields.
	 */
	record EmptyObject() {
	}

}
