package io.kraft.engine.journal.json;

import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.impl.UnknownSerializer;

/**
 * Looks, without a value, whether values of a type can be written and read back, as far
 * as their declarations show: of the type, of its properties and of theirs. It gets the
 * writers and readers of the mapper, as the first value would, and calls no constructor,
 * getter or setter. Values may be of other classes than what is declared, so that a type
 * without a fault is no promise. Used by one thread, for one type.
 */
public final class TypeCheck {

	private static final int MAX_FAULTS = 5;

	private static final int MAX_DEPTH = 50;

	private final SerializationContext writing;

	private final DeserializationContext reading;

	private final Set<JavaType> seen = new HashSet<>();

	private final List<String> faults = new ArrayList<>();

	/** What is not let into a journal at all. */
	private final List<String> refusals = new ArrayList<>();

	/** Of types around those; in case that they are not found by themselves. */
	private final List<String> indirect = new ArrayList<>();

	private TypeCheck(JsonMapper mapper) {
		this.writing = mapper._serializationContext();
		this.reading = mapper._deserializationContext();
	}

	/**
	 * What is wrong with a type, each with its place, what was found and the fix, in
	 * sentences; empty if nothing is known to be wrong. Only the first few are reported.
	 */
	public static List<String> faultsOf(JsonMapper mapper, Type type) {
		TypeCheck check = new TypeCheck(mapper);
		check.visit(mapper.constructType(type), "$", 0);
		return check.faults;
	}

	/**
	 * What must not be in a type, as reading it would do more than make an object; each
	 * in sentences, with its place and the fix. Only the first few are reported.
	 */
	public static List<String> refusalsOf(JsonMapper mapper, Type type) {
		TypeCheck check = new TypeCheck(mapper);
		check.visit(mapper.constructType(type), "$", 0);
		return check.refusals.isEmpty() ? check.indirect.stream().limit(1).toList() : check.refusals;
	}

	private void visit(JavaType type, String path, int depth) {
		if (isFine(type) || depth > MAX_DEPTH || this.faults.size() >= MAX_FAULTS || !this.seen.add(type)) {
			return;
		}
		String loss = LossyTypes.lossOf(type.getRawClass());
		RefusedTypeException refusal = ActiveTypes.refusalOf(type.getRawClass());
		if (refusal != null) {
			refuse(path, refusal);
		}
		else if (loss != null) {
			add(path, loss);
		}
		else if (type.isContainerType() || type.isReferenceType() || type.hasRawClass(Map.Entry.class)) {
			visitContainer(type, path, depth);
		}
		else if (isFamily(type)) {
			visitMembers(type, path, depth);
		}
		else {
			visitValue(type, path, depth);
		}
	}

	/** An exception is recorded by other means than a mapper's. */
	private static boolean isFine(JavaType type) {
		return type.isPrimitive() || type.hasRawClass(Void.class) || type.isTypeOrSubTypeOf(Throwable.class);
	}

	private void visitContainer(JavaType type, String path, int depth) {
		int before = this.faults.size();
		boolean isEntry = type.hasRawClass(Map.Entry.class);
		if (type.isMapLikeType() || isEntry) {
			visitKey(isEntry ? type.containedTypeOrUnknown(0) : type.getKeyType(), path);
		}
		JavaType content = isEntry ? type.containedTypeOrUnknown(1) : type.getContentType();
		if (content != null) {
			visit(content, path + "[]", depth + 1);
		}
		// A reader that is missing for the content would be found to be missing again.
		if (this.faults.size() == before) {
			ValueDeserializer<Object> reader = reader(type, path);
			if (requireConcrete(type, reader, path) && type.isAbstract() && !canMake(reader)) {
				add(path, openType(type));
			}
		}
	}

	/** Jackson has readers of collections that it cannot make. */
	private static boolean canMake(@Nullable ValueDeserializer<Object> reader) {
		ValueInstantiator maker = (reader instanceof ValueInstantiator.Gettable gettable)
				? gettable.getValueInstantiator() : null;
		return maker == null || maker.canInstantiate();
	}

	private void visitValue(JavaType type, String path, int depth) {
		ValueDeserializer<Object> reader = reader(type, path);
		if (requireConcrete(type, reader, path)) {
			ValueSerializer<Object> writer = isWrittenAsItself(type) ? writer(type, path) : null;
			// Of a class of the JDK that is no data its properties are no concern.
			boolean isData = writer != null || !PlatformTypes.contains(type.getRawClass());
			if (isData && reader instanceof BeanDeserializerBase bean) {
				visitProperties(type, bean, writer, path, depth);
			}
		}
	}

	/**
	 * Whether the writer for the type depends on its values. That for an interface does
	 * not; an abstract class of the JDK that can be read has one for its subclasses.
	 */
	private static boolean isWrittenAsItself(JavaType type) {
		return type.isConcrete() || (!type.isInterface() && PlatformTypes.contains(type.getRawClass()));
	}

	/** What a mapper does not know how to make, unless the value has its type. */
	private boolean requireConcrete(JavaType type, @Nullable ValueDeserializer<Object> reader, String path) {
		if (!(reader instanceof AbstractDeserializer)) {
			return true;
		}
		if (!hasTypeInfo(type, path)) {
			add(path, openType(type));
		}
		return false;
	}

	private static String openType(JavaType type) {
		String name = type.getRawClass().getName();
		return PlatformTypes.contains(type.getRawClass())
				? name + " does not determine which class a value has, so that it cannot be read back. "
						+ PayloadFaults.USE_PLAIN_DATA
				: name + " is abstract, so that it cannot be read back. Make it sealed, annotate it with @JsonTypeInfo, "
						+ "or declare a concrete type.";
	}

	private boolean hasTypeInfo(JavaType type, String path) {
		try {
			return this.reading.findTypeDeserializer(type) != null;
		}
		catch (RuntimeException | LinkageError ex) {
			addReading(path, ex);
			return true;
		}
	}

	private static boolean isFamily(JavaType type) {
		Class<?> raw = type.getRawClass();
		return type.isAbstract() && SealedTypes.familiesOf(raw).contains(raw);
	}

	private void visitMembers(JavaType type, String path, int depth) {
		Collection<Class<?>> members;
		try {
			members = SealedTypes.membersOf(type.getRawClass()).values();
		}
		catch (UnsupportedTypeException ex) {
			add(path, ex.getMessage() + ". " + ex.fix());
			return;
		}
		for (Class<?> member : members) {
			if (!Modifier.isAbstract(member.getModifiers())) {
				visit(this.reading.getTypeFactory().constructSpecializedType(type, member), path, depth + 1);
			}
		}
	}

	private void visitKey(JavaType key, String path) {
		if (key == null || isFine(key)) {
			return;
		}
		String loss = LossyTypes.lossOf(key.getRawClass());
		RefusedTypeException refusal = ActiveTypes.refusalOf(key.getRawClass());
		if (refusal != null) {
			refuse(path, refusal);
			return;
		}
		if (loss != null) {
			add(path, "a key of the map: " + loss);
			return;
		}
		try {
			// Keys are of other classes than an interface.
			if (!key.isInterface()) {
				this.writing.findKeySerializer(key, null);
			}
			this.reading.findKeyDeserializer(key, null);
		}
		catch (RuntimeException | LinkageError ex) {
			addReading(path, ex);
		}
	}

	private @Nullable ValueSerializer<Object> writer(JavaType type, String path) {
		try {
			ValueSerializer<Object> writer = this.writing.findValueSerializer(type);
			if (writer instanceof UnknownSerializer) {
				add(path, type.getRawClass().getName() + " has no properties that could be written. "
						+ PayloadFaults.USE_PLAIN_DATA);
			}
			return writer;
		}
		catch (RuntimeException | LinkageError ex) {
			addWriting(path, ex);
			return null;
		}
	}

	private @Nullable ValueDeserializer<Object> reader(JavaType type, String path) {
		try {
			return this.reading.findContextualValueDeserializer(type, null);
		}
		catch (RuntimeException | LinkageError ex) {
			addReading(path, ex);
			return null;
		}
	}

	private void visitProperties(JavaType type, BeanDeserializerBase reader, @Nullable ValueSerializer<Object> writer,
			String path, int depth) {
		if (!reader.getValueInstantiator().canInstantiate()) {
			add(path, PayloadFaults.noConstructor(type.getRawClass()));
			return;
		}
		if (reader.getValueInstantiator().canCreateUsingDelegate()) {
			return;
		}
		if (writer != null && this.reading.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				&& !reader.hasAnySetter()) {
			findUnreadable(type, reader, writer, path);
		}
		for (Iterator<SettableBeanProperty> properties = reader.properties(); properties.hasNext();) {
			SettableBeanProperty property = properties.next();
			if (!property.hasValueDeserializer() || isOfMapper(property.getValueDeserializer())) {
				visit(property.getType(), path + "." + property.getName(), depth + 1);
			}
		}
	}

	private void findUnreadable(JavaType type, BeanDeserializerBase reader, ValueSerializer<Object> writer,
			String path) {
		BeanDescription description = this.reading.introspectBeanDescription(type);
		JsonIgnoreProperties.Value ignorals = this.reading.getConfig()
			.getDefaultPropertyIgnorals(type.getRawClass(), description.getClassInfo());
		if (ignorals != null && ignorals.getIgnoreUnknown()) {
			return;
		}
		Set<Object> readable = new HashSet<>(reader.getKnownPropertyNames());
		if (description.getIgnoredPropertyNames() != null) {
			readable.addAll(description.getIgnoredPropertyNames());
		}
		if (ignorals != null) {
			readable.addAll(ignorals.findIgnoredForDeserialization());
		}
		for (Iterator<PropertyWriter> written = writer.properties(); written.hasNext();) {
			String name = written.next().getName();
			if (!readable.contains(name)) {
				String fix = DerivedProperty.fix(type.getRawClass(), name);
				if (fix != null) {
					add(path + "." + name, fix);
				}
			}
		}
	}

	/** And not one that the application has chosen for the property. */
	private static boolean isOfMapper(ValueDeserializer<?> reader) {
		return reader.getClass().getName().startsWith("tools.jackson.") || ActiveTypes.isRefusing(reader);
	}

	private void addWriting(String path, Throwable failure) {
		if (!isIndirect(path, failure)) {
			add(path, PayloadFaults.writingFault(failure));
		}
	}

	private void addReading(String path, Throwable failure) {
		if (!isIndirect(path, failure)) {
			add(path, PayloadFaults.readingFault(failure));
		}
	}

	private boolean isIndirect(String path, Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RefusedTypeException refusal) {
				this.indirect.add(text(path, refusal));
				return true;
			}
		}
		return false;
	}

	private void refuse(String path, RefusedTypeException refusal) {
		if (this.refusals.size() < MAX_FAULTS) {
			this.refusals.add(text(path, refusal));
		}
	}

	private static String text(String path, RefusedTypeException refusal) {
		return "at " + path + ": " + refusal.getMessage() + ". " + refusal.fix();
	}

	private void add(String path, String fault) {
		if (this.faults.size() < MAX_FAULTS) {
			this.faults.add("at " + path + ": " + fault);
		}
	}

}
