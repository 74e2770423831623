package io.kraft.engine.journal.failure;

import java.util.Objects;
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

	private static final int MAX_DIGITS = 9;

	private static final int NATIVE_LINE = -2;

	private static final int UNKNOWN_LINE = -1;

	private static final int NO_FRAME = -3;

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
			// Its own method threw, or returned an invalid stack trace.
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
	 * The frames of a text; lines that are not frames are left out.
	 */
	static StackTraceElement[] parse(String text) {
		return text.lines()
			.limit(MAX_FRAMES)
			.map((line) -> frame(line.strip()))
			.filter(Objects::nonNull)
			.toArray(StackTraceElement[]::new);
	}

	/**
	 * Reads {@code loader/module@version/package.Class.method(File.java:12)}, where
	 * loader, module and version may be missing.
	 */
	private static @Nullable StackTraceElement frame(String line) {
		int open = line.indexOf('(');
		int dot = line.lastIndexOf('.', open);
		if (open < 0 || dot < 0 || dot + 1 == open || !line.endsWith(")")) {
			return null;
		}
		int first = slash(line, 0, dot);
		int second = (first < 0) ? -1 : slash(line, first + 1, dot);
		String loader = (second < 0) ? "" : line.substring(0, first);
		String module = (first < 0) ? "" : (second < 0) ? line.substring(0, first) : line.substring(first + 1, second);
		String type = line.substring(Math.max(first, second) + 1, dot);
		int at = module.indexOf('@');
		String version = (at < 0) ? "" : module.substring(at + 1);
		String source = line.substring(open + 1, line.length() - 1);
		int colon = source.indexOf(':');
		int number = lineNumber(source, colon);
		return (type.isEmpty() || number == NO_FRAME || source.indexOf(')') >= 0) ? null
				: new StackTraceElement(emptyAsNull(loader), emptyAsNull((at < 0) ? module : module.substring(0, at)),
						emptyAsNull(version), type, line.substring(dot + 1, open), file(source, colon), number);
	}

	/** The slash before the address of a hidden class belongs to its name. */
	private static int slash(String line, int from, int to) {
		int slash = line.indexOf('/', from);
		return (slash < 0 || slash > to || line.startsWith("0x", slash + 1)) ? -1 : slash;
	}

	private static @Nullable String file(String source, int colon) {
		return switch (source) {
			case "Native Method", "Unknown Source" -> null;
			default -> emptyAsNull((colon < 0) ? source : source.substring(0, colon));
		};
	}

	private static int lineNumber(String source, int colon) {
		if (colon < 0) {
			return source.equals("Native Method") ? NATIVE_LINE : UNKNOWN_LINE;
		}
		String digits = source.substring(colon + 1);
		boolean isNumber = !digits.isEmpty() && digits.length() <= MAX_DIGITS
				&& digits.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
		return isNumber ? Integer.parseInt(digits) : NO_FRAME;
	}

	private static @Nullable String emptyAsNull(String text) {
		return text.isEmpty() ? null : text;
	}

}
