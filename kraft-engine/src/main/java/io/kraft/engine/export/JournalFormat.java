package io.kraft.engine.export;

import java.lang.reflect.RecordComponent;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kraft.engine.journal.JournalEntry;
import io.kraft.engine.journal.MaskedTokens;
import io.kraft.engine.journal.PayloadConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format {@code kraft-journal/1}: an entry's fields are the components of its record,
 * in their order, and {@code entry} names which one it is. A name that was once written
 * stays readable; a golden file verifies this.
 */
final class JournalFormat {

	static final String FORMAT = "kraft-journal/1";

	private static final NamedType[] ENTRIES = { new NamedType(JournalEntry.RunStarted.class, "run-started"),
			new NamedType(JournalEntry.RunEnded.class, "run-ended"),
			new NamedType(JournalEntry.RunContinued.class, "run-continued"),
			new NamedType(JournalEntry.TraceKept.class, "trace-kept"),
			new NamedType(JournalEntry.RunRetried.class, "run-retried"),
			new NamedType(JournalEntry.FailureTraced.class, "failure-traced"),
			new NamedType(JournalEntry.ChildrenReopened.class, "children-reopened"),
			new NamedType(JournalEntry.DeadlineSet.class, "deadline-set"),
			new NamedType(JournalEntry.StepIntended.class, "step-intended"),
			new NamedType(JournalEntry.StepAttemptFailed.class, "step-attempt-failed"),
			new NamedType(JournalEntry.StepCompleted.class, "step-completed"),
			new NamedType(JournalEntry.SideEffectCompleted.class, "side-effect-completed"),
			new NamedType(JournalEntry.TimerSet.class, "timer-set"),
			new NamedType(JournalEntry.TimerFired.class, "timer-fired"),
			new NamedType(JournalEntry.TimeRead.class, "time-read"),
			new NamedType(JournalEntry.UuidDrawn.class, "uuid-drawn"),
			new NamedType(JournalEntry.StateChanged.class, "state-changed"),
			new NamedType(JournalEntry.WaitStarted.class, "wait-started"),
			new NamedType(JournalEntry.WaitEnded.class, "wait-ended"),
			new NamedType(JournalEntry.CallbackOpened.class, "callback-opened"),
			new NamedType(JournalEntry.SignalSent.class, "signal-sent"),
			new NamedType(JournalEntry.ValuePublished.class, "value-published"),
			new NamedType(JournalEntry.OperationBegun.class, "operation-begun"),
			new NamedType(JournalEntry.OperationCancelled.class, "operation-cancelled"),
			new NamedType(JournalEntry.ChildStarted.class, "child-started") };

	private JournalFormat() {
	}

	static String write(ExportedJournal journal, PayloadConverter payloads) {
		JsonMapper mapper = mapper(payloads);
		ObjectNode root = mapper.createObjectNode();
		root.put("format", FORMAT);
		root.setAll((ObjectNode) mapper.<JsonNode>valueToTree(journal));
		DefaultIndenter lines = new DefaultIndenter("  ", "\n");
		DefaultPrettyPrinter pretty = new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
		return MaskedTokens.in(mapper.writer().with(pretty).writeValueAsString(root)) + "\n";
	}

	static ExportedJournal read(String json) {
		JsonMapper mapper = mapper(null);
		try {
			JsonNode root = mapper.readTree(json);
			String format = root.path("format").asString("none");
			if (!format.equals(FORMAT) || !(root instanceof ObjectNode fields)) {
				throw new IllegalArgumentException("an exported journal of the format '" + FORMAT
						+ "' was expected, but the text has the format '" + format
						+ "'. Export it again with this version, or read it with the one that wrote it");
			}
			ObjectNode content = fields.deepCopy();
			content.remove("format");
			ExportedJournal journal = mapper.treeToValue(content, ExportedJournal.class);
			for (int i = 0; i < journal.entries().size(); i++) {
				checkComplete(i, journal.entries().get(i));
			}
			return journal;
		}
		catch (JacksonException | NullPointerException ex) {
			throw new IllegalArgumentException("the text is not a journal of the format '" + FORMAT + "': "
					+ ex.getMessage() + ". Was it changed after its export?", ex);
		}
	}

	private static void checkComplete(int index, JournalEntry entry) {
		for (RecordComponent component : entry.getClass().getRecordComponents()) {
			if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class) && value(component, entry) == null) {
				throw new IllegalArgumentException("entry " + index + " of the exported journal lacks its field '"
						+ component.getName() + "'. Was the text changed after its export?");
			}
		}
	}

	private static @Nullable Object value(RecordComponent component, JournalEntry entry) {
		try {
			return component.getAccessor().invoke(entry);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A mapper of the format; holds no class of the application.
	 * @param payloads null where nothing is written
	 */
	private static JsonMapper mapper(@Nullable PayloadConverter payloads) {
		SimpleModule module = new SimpleModule("kraft-journal-export");
		FormatTypes.addTo(module, new PayloadFormat(payloads));
		return ExactJson.MAPPER.rebuild()
			.addModule(module)
			.addMixIn(JournalEntry.class, Entry.class)
			.addMixIn(JournalEntry.RunStarted.class, WithoutSecret.class)
			.registerSubtypes(ENTRIES)
			// Other tools read numbers as floating point, and would change a seed.
			.withConfigOverride(long.class,
					(type) -> type.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.STRING)))
			.build();
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "entry")
	private interface Entry {

	}

	/** Not read either: a secret that is known to others is none. */
	@JsonIgnoreProperties("secret")
	private interface WithoutSecret {

	}

}
