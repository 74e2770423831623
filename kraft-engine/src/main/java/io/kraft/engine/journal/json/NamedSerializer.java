package io.kraft.engine.journal.json;

import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.jsontype.impl.AsPropertyTypeSerializer;
import tools.jackson.databind.jsontype.impl.TypeIdResolverBase;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.util.NameTransformer;

/**
 * Writes a member of a sealed type together with its name.
 */
final class NamedSerializer extends ValueSerializer<Object> {

	private final ValueSerializer<Object> serializer;

	private final TypeSerializer name;

	private NamedSerializer(ValueSerializer<Object> serializer, TypeSerializer name) {
		this.serializer = serializer;
		this.name = name;
	}

	@SuppressWarnings("unchecked") // A serializer only ever gets values of its type.
	static NamedSerializer of(Class<?> type, ValueSerializer<?> serializer) {
		TypeSerializer name = new AsPropertyTypeSerializer(new ConstantName(SealedTypes.nameOf(type)), null,
				SealedTypes.PROPERTY);
		return new NamedSerializer((ValueSerializer<Object>) serializer, name);
	}

	@Override
	public void serialize(Object value, JsonGenerator generator, SerializationContext context) {
		this.serializer.serializeWithType(value, generator, context, this.name);
	}

	@Override
	public void serializeWithType(Object value, JsonGenerator generator, SerializationContext context,
			TypeSerializer types) {
		this.serializer.serializeWithType(value, generator, context, types);
	}

	@Override
	public void resolve(SerializationContext context) {
		this.serializer.resolve(context);
	}

	@Override
	@SuppressWarnings("unchecked")
	public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
		ValueSerializer<?> contextual = context.handleSecondaryContextualization(this.serializer, property);
		return new NamedSerializer((ValueSerializer<Object>) contextual, this.name);
	}

	@Override
	public ValueSerializer<Object> unwrappingSerializer(NameTransformer transformer) {
		return this.serializer.unwrappingSerializer(transformer);
	}

	@Override
	public boolean isEmpty(SerializationContext context, Object value) {
		return this.serializer.isEmpty(context, value);
	}

	@Override
	public Iterator<PropertyWriter> properties() {
		return this.serializer.properties();
	}

	@Override
	public boolean usesObjectId() {
		return this.serializer.usesObjectId();
	}

	/**
	 * The name of the one class whose values come by.
	 */
	private static final class ConstantName extends TypeIdResolverBase {

		private static final long serialVersionUID = 1L;

		private final String name;

		ConstantName(String name) {
			this.name = name;
		}

		@Override
		public String idFromValue(DatabindContext context, Object value) {
			return this.name;
		}

		@Override
		public String idFromValueAndType(DatabindContext context, Object value, Class<?> suggestedType) {
			return this.name;
		}

		@Override
		public String getDescForKnownTypeIds() {
			return List.of(this.name).toString();
		}

		@Override
		public JsonTypeInfo.Id getMechanism() {
			return JsonTypeInfo.Id.SIMPLE_NAME;
		}

	}

}
