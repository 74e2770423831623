package io.kraft.test.tutorial;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.stereotype.Component;

/**
 * Stands for the world outside: services that recognize a repeated call by its key.
 */
@Component
class Services {

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	private final List<String> effects = new CopyOnWriteArrayList<>();

	/**
	 * Has its effect once for each key.
	 * @return a reference to what was done
	 */
	String call(String key, String effect) {
		return this.answers.computeIfAbsent(key, (unknown) -> {
			this.effects.add(effect);
			return effect + " #" + this.effects.size();
		});
	}

	List<String> effects() {
		return List.copyOf(this.effects);
	}

	void reset() {
		this.answers.clear();
		this.effects.clear();
	}

}
