@NullMarked
package io.kraft.engine.journal;

import org.jspecify.annotations.NullMarked;
