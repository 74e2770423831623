package io.kraft.engine.planted;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A fault that is planted in the engine itself.
 *
 * @param name what is wrong
 * @param surgeries by which it is made
 * @param catchers of which at least one must catch it, the cheapest first
 */
record EngineFault(String name, List<Surgery> surgeries, List<Catcher> catchers) {

	/** A fault that is made by changing one class. */
	static EngineFault of(String name, Surgery surgery, String... catchers) {
		return of(name, List.of(surgery), catchers);
	}

	/** A fault that is made by changing several classes. */
	static EngineFault of(String name, List<Surgery> surgeries, String... catchers) {
		return new EngineFault(name, surgeries, Arrays.stream(catchers).map(Catcher::new).toList());
	}

	/**
	 * Loads the engine and its tests with the fault.
	 */
	ClassLoader plant(ClassLoader parent) {
		Map<String, byte[]> changed = this.surgeries.stream()
			.collect(Collectors.groupingBy(Surgery::typeName,
					Collectors.collectingAndThen(Collectors.toList(), Surgery::perform)));
		ClassLoader loader = new FaultyClassLoader(changed, parent);
		for (Surgery surgery : this.surgeries) {
			try {
				// Bytes that are no class would be caught by anything.
				Class.forName(surgery.typeName(), true, loader);
			}
			catch (ClassNotFoundException | LinkageError ex) {
				throw new IllegalStateException("'" + this.name + "' makes no class of " + surgery.typeName(), ex);
			}
		}
		return loader;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
