package io.kraft.spring.boot.autoconfigure.selfinvocation;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

import org.springframework.asm.Label;

/**
 * The operand stack and the local variables of a method, of which only one thing is
 * known: whether a word is {@code this}. A long or double is two words. Where two ways
 * meet, a word is {@code this} if it is on one of them.
 */
final class ThisStack {

	private BitSet stack = new BitSet();

	private int depth;

	private final BitSet locals = new BitSet();

	private final Map<Label, State> states = new HashMap<>();

	private boolean isReachable = true;

	void push(boolean isThis) {
		this.stack.set(this.depth++, isThis);
	}

	/** Pushes words that are not {@code this}, or pops if the number is negative. */
	void change(int words) {
		for (int i = 0; i < words; i++) {
			push(false);
		}
		this.depth = Math.max(0, this.depth + Math.min(0, words));
		this.stack.clear(this.depth, Math.max(this.depth, this.stack.length()));
	}

	boolean pop() {
		boolean isThis = peek(0);
		change(-1);
		return isThis;
	}

	/** The word at a distance from the top. */
	boolean peek(int distance) {
		int index = this.depth - 1 - distance;
		return index >= 0 && this.stack.get(index);
	}

	/** Copies the topmost words to below the words that follow them. */
	void duplicate(int words, int skipped) {
		boolean[] moved = new boolean[words + skipped];
		for (int i = 0; i < moved.length; i++) {
			moved[i] = pop();
		}
		for (int i = words - 1; i >= 0; i--) {
			push(moved[i]);
		}
		for (int i = moved.length - 1; i >= 0; i--) {
			push(moved[i]);
		}
	}

	void swap() {
		boolean first = pop();
		boolean second = pop();
		push(first);
		push(second);
	}

	boolean isThis(int local) {
		return this.locals.get(local);
	}

	void store(int local, boolean isThis) {
		this.locals.set(local, isThis);
	}

	/** Remembers the stack for the place that is jumped to. */
	void jumpTo(Label label) {
		if (!this.isReachable) {
			return;
		}
		State known = this.states.putIfAbsent(label, new State((BitSet) this.stack.clone(), this.depth));
		if (known != null) {
			known.stack().or(this.stack);
		}
	}

	/** An exception handler begins with the exception alone. */
	void handleAt(Label label) {
		this.states.put(label, new State(new BitSet(), 1));
	}

	/** What follows is reached by jumps only. */
	void end() {
		this.isReachable = false;
	}

	void arriveAt(Label label) {
		State state = this.states.get(label);
		if (state != null) {
			BitSet merged = (BitSet) state.stack().clone();
			if (this.isReachable) {
				merged.or(this.stack);
			}
			this.stack = merged;
			this.depth = state.depth();
		}
		else if (!this.isReachable) {
			this.stack = new BitSet();
			this.depth = 0;
		}
		this.isReachable = true;
	}

	private record State(BitSet stack, int depth) {
	}

	@Override
	public String toString() {
		return this.stack + " of " + this.depth;
	}

}
