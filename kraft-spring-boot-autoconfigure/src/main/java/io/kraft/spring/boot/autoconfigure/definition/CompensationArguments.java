package io.kraft.spring.boot.autoconfigure.definition;

import java.util.Arrays;

import io.kraft.engine.definition.Compensation;
import org.jspecify.annotations.Nullable;

/**
 * What a compensating method is called with.
 */
enum CompensationArguments implements Compensation.Arguments {

	/** The step's arguments, followed by its result. */
	ARGUMENTS_AND_RESULT {

		@Override
		public @Nullable Object[] of(@Nullable Object[] stepArguments, @Nullable Object result) {
			@Nullable Object[] arguments = Arrays.copyOf(stepArguments, stepArguments.length + 1);
			arguments[stepArguments.length] = result;
			return arguments;
		}

	},

	/** The step's arguments. */
	ARGUMENTS {

		@Override
		public @Nullable Object[] of(@Nullable Object[] stepArguments, @Nullable Object result) {
			return stepArguments.clone();
		}

	},

	/** The step's result. */
	RESULT {

		@Override
		public @Nullable Object[] of(@Nullable Object[] stepArguments, @Nullable Object result) {
			return new @Nullable Object[] { result };
		}

	},

	/** Nothing. */
	NONE {

		@Override
		public @Nullable Object[] of(@Nullable Object[] stepArguments, @Nullable Object result) {
			return new @Nullable Object[0];
		}

	}

}
