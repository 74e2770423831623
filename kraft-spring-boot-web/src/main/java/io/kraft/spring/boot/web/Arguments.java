package io.kraft.spring.boot.web;

import java.lang.reflect.Type;
import java.util.List;

import io.kraft.engine.definition.WorkflowDefinition;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Reads arguments as the types that the workflow's method declares, by the mapper that
 * journals them.
 */
final class Arguments {

	private final JsonMapper mapper;

	Arguments(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * The arguments of a call.
	 * @throws RequestRefusedException if there are more or fewer than parameters, or one
	 * does not fit
	 */
	@Nullable Object[] read(WorkflowDefinition workflow, List<@Nullable TokenBuffer> values) {
		List<Type> types = workflow.signature().parameterTypes();
		if (values.size() != types.size()) {
			throw RequestRefusedException.malformed("the workflow '" + workflow.name() + "' takes " + types.size()
					+ " argument(s), but 'arguments' has " + values.size());
		}
		@Nullable Object[] arguments = new @Nullable Object[types.size()];
		for (int i = 0; i < arguments.length; i++) {
			TokenBuffer value = values.get(i);
			if (value != null) {
				arguments[i] = read(value, types.get(i), "arguments[" + i + "]");
			}
			else if (types.get(i) instanceof Class<?> type && type.isPrimitive()) {
				throw RequestRefusedException.malformed("arguments[" + i + "] must not be null");
			}
		}
		return arguments;
	}

	/**
	 * The body of a request as a value of the application's.
	 */
	Object read(byte @Nullable [] body, Type type) {
		return read(WebJson.read(body, TokenBuffer.class), type, "the body");
	}

	private Object read(TokenBuffer value, Type type, String what) {
		ObjectReader reader = this.mapper.readerFor(this.mapper.constructType(type));
		try (JsonParser parser = value.asParser()) {
			Object read = reader.readValue(parser);
			if (read != null) {
				return read;
			}
		}
		catch (JacksonException ex) {
			throw WebJson.misfit(what, ex);
		}
		throw RequestRefusedException.malformed(what + " must not be null");
	}

}
