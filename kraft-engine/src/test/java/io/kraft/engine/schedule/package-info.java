@NullMarked
package io.kraft.engine.schedule;

import org.jspecify.annotations.NullMarked;
