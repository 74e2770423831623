@NullMarked
package io.kraft.engine.control;

import org.jspecify.annotations.NullMarked;
