package io.kraft.engine.journal.json;

import java.util.Set;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Reads the name that {@link JournalSerializerModifier} wrote for the members of sealed
 * types, as if the types were annotated with {@code @JsonTypeInfo(use = SIMPLE_NAME)}.
 * The annotations of a type win, unless they name classes of Java.
 */
final class SealedTypeIntrospector extends JacksonAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	@Override
	public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
		JsonTypeInfo.Value explicit = ActiveTypes.checked(super.findPolymorphicTypeInfo(config, annotated),
				annotated.getRawType());
		if (explicit != null || !(config instanceof DeserializationConfig)
				|| !(annotated instanceof AnnotatedClass type)) {
			return explicit;
		}
		Set<Class<?>> families = SealedTypes.familiesOf(type.getRawType());
		if (families.isEmpty()) {
			return null;
		}
		families.forEach(SealedTypes::membersOf);
		// A concrete type is read without the name too: it may have joined the family
		// after the value was written.
		return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, SealedTypes.PROPERTY,
				null, false, false);
	}

}
