package io.kraft.engine.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import com.tngtech.archunit.core.domain.JavaClass;

/**
 * The strings in the constant pool of a class file (JVM specification, section 4.4). A
 * text that is put together with {@code +} is there as one recipe, values left out.
 */
final class ClassFileStrings {

	private static final int UTF8 = 1;

	private ClassFileStrings() {
	}

	static List<String> of(JavaClass type) {
		try (DataInputStream in = new DataInputStream(
				new BufferedInputStream(type.getSource().orElseThrow().getUri().toURL().openStream()))) {
			in.skipNBytes(8);
			return read(in);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> read(DataInputStream in) throws IOException {
		List<String> strings = new ArrayList<>();
		int count = in.readUnsignedShort();
		for (int index = 1; index < count; index++) {
			int tag = in.readUnsignedByte();
			switch (tag) {
				case UTF8 -> strings.add(in.readUTF());
				case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
				case 15 -> in.skipNBytes(3);
				case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
				case 5, 6 -> {
					in.skipNBytes(8);
					// A number of eight bytes counts twice.
					index++;
				}
				default -> throw new IOException("constant of kind " + tag);
			}
		}
		return strings;
	}

}
