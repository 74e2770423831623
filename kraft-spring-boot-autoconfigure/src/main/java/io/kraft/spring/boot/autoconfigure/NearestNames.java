package io.kraft.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * The properties that exist and are nearest to one that does not: those of which it is a
 * misspelling, or has some words too few or too many, such as
 * {@code kraft.engine.max-concurrent} and {@code kraft.path}.
 */
final class NearestNames {

	/** What has names of the application below it. */
	static final List<ConfigurationPropertyName> MAPS = Stream.of("steps", "workflows", "queues")
		.map(UnknownPropertyCheck.PREFIX::append)
		.toList();

	/** How many are named where several are as near. */
	private static final int MOST = 3;

	private static final int MOST_MISTYPED = 5;

	private static final int MOST_WORDS = 2;

	/** What a word too few or too many counts, in letters. */
	private static final int WORD = 2;

	private static final int FAR = Integer.MAX_VALUE;

	private final Set<ConfigurationPropertyName> declared;

	private NearestNames(Set<ConfigurationPropertyName> declared) {
		this.declared = declared;
	}

	/**
	 * Of those that are declared.
	 */
	static NearestNames of(DeclaredProperties declared) {
		return new NearestNames(declared.names());
	}

	/**
	 * The nearest; empty if none is near.
	 */
	List<String> to(ConfigurationPropertyName unknown) {
		String name = unknown.toString();
		int nearest = FAR;
		NavigableSet<String> found = new TreeSet<>();
		for (String candidate : candidates(unknown)) {
			int distance = distance(name, candidate);
			if (distance < nearest) {
				nearest = distance;
				found.clear();
			}
			if (distance < FAR && distance == nearest) {
				found.add(candidate);
			}
		}
		return found.isEmpty() ? belowAMap(unknown) : found.stream().limit(MOST).toList();
	}

	/** What is below a map is a candidate with the key that the unknown name has. */
	private List<String> candidates(ConfigurationPropertyName unknown) {
		List<String> candidates = new ArrayList<>();
		for (ConfigurationPropertyName name : this.declared) {
			int key = indexOfKey(name);
			if (key < 0) {
				candidates.add(name.toString());
			}
			else if (unknown.getNumberOfElements() > key + 1 && name.chop(key).isAncestorOf(unknown)) {
				ConfigurationPropertyName named = unknown.chop(key + 1);
				for (int rest = key + 1; rest < name.getNumberOfElements(); rest++) {
					named = named.append(name.getElement(rest, Form.ORIGINAL));
				}
				candidates.add(named.toString());
			}
		}
		return candidates;
	}

	private static int indexOfKey(ConfigurationPropertyName name) {
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			if (name.getElement(i, Form.ORIGINAL).equals(DeclaredProperties.ANY)) {
				return i;
			}
		}
		return -1;
	}

	/**
	 * The names of the application below a map are not known, so it alone is compared.
	 */
	private static List<String> belowAMap(ConfigurationPropertyName unknown) {
		String name = unknown.toString();
		String group = unknown.getElement(1, Form.DASHED);
		String map = MAPS.stream()
			.map((prefix) -> prefix.getElement(1, Form.DASHED))
			.filter((known) -> !known.equals(group) && EditDistance.of(group, known) <= 2)
			.findFirst()
			.orElse("");
		String start = UnknownPropertyCheck.PREFIX + "." + group;
		return (map.isEmpty() || unknown.getNumberOfElements() < 4 || !name.startsWith(start)) ? List.of()
				: List.of(UnknownPropertyCheck.PREFIX + "." + map + name.substring(start.length()));
	}

	private static int distance(String name, String candidate) {
		int typed = EditDistance.of(name, candidate);
		int most = Math.min(MOST_MISTYPED, Math.max(1, (name.length() - "kraft.".length()) / 4));
		return Math.min((typed <= most) ? typed : FAR, byWords(words(name), words(candidate)));
	}

	/** If the words of one of them are among those of the other. */
	private static int byWords(List<String> name, List<String> candidate) {
		boolean longer = name.size() > candidate.size();
		List<String> left = new ArrayList<>(longer ? name : candidate);
		int distance = 0;
		for (String word : longer ? candidate : name) {
			String like = left.stream().filter((other) -> isLike(word, other)).findFirst().orElse(null);
			if (like == null) {
				return FAR;
			}
			left.remove(like);
			distance += EditDistance.of(word, like);
		}
		return (left.size() <= MOST_WORDS) ? distance + WORD * left.size() : FAR;
	}

	private static boolean isLike(String word, String other) {
		return EditDistance.of(word, other) <= word.length() / 4;
	}

	private static List<String> words(String name) {
		return Arrays.stream(name.toLowerCase(Locale.ROOT).split("[.\\[\\]-]+")).skip(1).toList();
	}

}
