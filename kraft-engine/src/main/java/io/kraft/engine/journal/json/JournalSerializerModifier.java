package io.kraft.engine.journal.json;

import java.lang.reflect.Executable;
import java.util.Calendar;
import java.util.Set;

import javax.xml.datatype.XMLGregorianCalendar;

import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.std.ToEmptyObjectSerializer;

/**
 * Three rules for what is written.
 * <p>
 * Members of sealed types always carry their name, whatever type they are declared as:
 * with the usual rule, by declared type, the elements of a {@code List<Shape>} would lose
 * it wherever the list is known as an {@code Object} only, as the payload of a signal is.
 * <p>
 * What is not data is refused: a class of the JDK that Jackson would treat as a bean
 * (threads, locks and clients have getters enough to write half the virtual machine), a
 * lambda, and what Jackson would write as an empty object. So is a calendar, which would
 * lose its zone, and what does more than hold data when it is read.
 * <p>
 * A key of a map is refused if it is of a class that cannot be made from a text, or is
 * not restored from its own: Jackson would write its {@code toString()}.
 */
final class JournalSerializerModifier extends ValueSerializerModifier {

	private static final long serialVersionUID = 1L;

	@Override
	public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier description,
			ValueSerializer<?> serializer) {
		Class<?> type = SealedTypes.declaringClass(description.getBeanClass());
		checkNotActive(type);
		if (Calendar.class.isAssignableFrom(type) || XMLGregorianCalendar.class.isAssignableFrom(type)) {
			throw new UnsupportedTypeException("a " + type.getName() + " would lose its zone",
					"Use java.time.ZonedDateTime.");
		}
		if (isNoData(type, serializer)) {
			throw new UnsupportedTypeException("a " + type.getName() + " is not data, and has no form in JSON",
					PayloadFaults.USE_PLAIN_DATA);
		}
		Set<Class<?>> families = SealedTypes.familiesOf(type);
		if (families.isEmpty() || !SealedTypes.isConcrete(type)
				|| SealedTypes.isAnnotated(description.getClassInfo())) {
			return serializer;
		}
		for (Class<?> family : families) {
			if (!SealedTypes.membersOf(family).containsValue(type)) {
				throw new UnsupportedTypeException(
						type.getName() + " is not one of the classes that the sealed type " + family.getName()
								+ " permits, but extends a non-sealed one of them, and could not be read back",
						"Annotate the non-sealed class with @JsonTypeInfo and @JsonSubTypes.");
			}
		}
		return NamedSerializer.of(type, serializer);
	}

	@Override
	public ValueSerializer<?> modifyKeySerializer(SerializationConfig config, JavaType type,
			BeanDescription.Supplier description, ValueSerializer<?> serializer) {
		Class<?> raw = SealedTypes.declaringClass(type.getRawClass());
		checkNotActive(raw);
		if (!KeyTypes.canBeRead(raw, serializer, description)) {
			throw new UnsupportedTypeException(
					"a key of a map is a " + raw.getName() + ", which could not be read back from a text",
					KeyTypes.FIX);
		}
		Executable maker = KeyTypes.makerOf(raw, serializer, description);
		return (maker != null) ? new CheckedKey(serializer, maker) : serializer;
	}

	private static void checkNotActive(Class<?> type) {
		RefusedTypeException refusal = ActiveTypes.refusalOf(type);
		if (refusal != null) {
			throw refusal;
		}
	}

	private static boolean isNoData(Class<?> type, ValueSerializer<?> serializer) {
		if (serializer instanceof UnknownSerializer) {
			return false; // Jackson refuses it by itself.
		}
		if (serializer instanceof ToEmptyObjectSerializer) {
			return true; // Class loaders, for instance: to Jackson they are {}.
		}
		// Exceptions are beans of the application whose stack frames are the JDK's.
		return serializer instanceof BeanSerializerBase && (type.isHidden() || (PlatformTypes.contains(type)
				&& type != StackTraceElement.class && !Throwable.class.isAssignableFrom(type)));
	}

}
