package io.kraft.engine.journal.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The frames of a stack trace as text, a line each, in the form of
 * {@link StackTraceElement#toString()}.
 */
final class StackTraceText {

	private static final int MAX_FRAMES = 32;

	private static final int MAX_FRAME_LENGTH = 500;

	// loader/module@version/package.Class.method(File.java:12), where loader, module and
	// version may be missing. A hidden class has a slash in its name too.
	private static final Pattern FRAME = Pattern.compile("(?:(?<loader>[^/(]*)/(?=[^/(]*/(?!0x)))?"
			+ "(?:(?<module>[^/@(]*)(?:@(?<version>[^/(]*))?/(?!0x))?(?<class>[^(]+)\\.(?<method>[^.(]+)"
			+ "\\((?:(?<native>Native Method)|(?<unknown>Unknown Source)|(?<file>[^:)]*)(?::(?<line>\\d{1,9}))?)\\)");

	private static final int NATIVE_LINE = -2;

	private StackTraceText() {
	}

	/**
	 * The innermost 32 frames.
	 */
	static String of(Throwable exception) {
		try {
			return of(exception.getStackTrace());
		}
		catch (Throwable ex) {
			// Its own method threw, or gave something that is no stack trace.
			return "";
		}
	}

	private static String of(StackTraceElement[] frames) {
		return Stream.of(frames)
			.limit(MAX_FRAMES)
			.map(StackTraceElement::toString)
			.map((frame) -> (frame.length() <= MAX_FRAME_LENGTH) ? frame : frame.substring(0, MAX_FRAME_LENGTH))
			.collect(Collectors.joining("\n"));
	}

	/**
	 * The frames of a text; lines that are none are left out.
	 */
	static StackTraceElement[] parse(String text) {
		List<StackTraceElement> frames = new ArrayList<>();
		text.lines().limit(MAX_FRAMES).forEach((line) -> {
			Matcher frame = FRAME.matcher(line.strip());
			if (frame.matches()) {
				frames.add(new StackTraceElement(emptyAsNull(frame.group("loader")), emptyAsNull(frame.group("module")),
						emptyAsNull(frame.group("version")), frame.group("class"), frame.group("method"),
						emptyAsNull(frame.group("file")), lineNumber(frame)));
			}
		});
		return frames.toArray(new StackTraceElement[0]);
	}

	private static int lineNumber(Matcher frame) {
		if (frame.group("native") != null) {
			return NATIVE_LINE;
		}
		return (frame.group("line") != null) ? Integer.parseInt(frame.group("line")) : -1;
	}

	private static @Nullable String emptyAsNull(@Nullable String text) {
		return (text == null || text.isEmpty()) ? null : text;
	}

}
