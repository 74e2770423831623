package io.kraft.spring.boot.autoconfigure.selfinvocation;

import org.jspecify.annotations.Nullable;

import org.springframework.cglib.core.NamingPolicy;
import org.springframework.cglib.core.Predicate;

/**
 * Names of generated subclasses: {@code com.acme.Orders$$Kraft$$0}. The two dollars make
 * Spring see the user's class behind them.
 */
final class GeneratedNames implements NamingPolicy {

	static final String TAG = "$$Kraft$$";

	@Override
	public String getClassName(@Nullable String prefix, @Nullable String source, Object key, Predicate names) {
		String base = (prefix != null) ? prefix : "io.kraft.Generated";
		int tag = base.indexOf("$$");
		base = ((tag >= 0) ? base.substring(0, tag) : base) + TAG;
		if (source != null && source.endsWith("FastClass")) {
			base += "FastClass$$";
		}
		int index = 0;
		while (names.evaluate(base + index)) {
			index++;
		}
		return base + index;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof GeneratedNames;
	}

	@Override
	public int hashCode() {
		return TAG.hashCode();
	}

}
