@NullMarked
package io.kraft.engine;

import org.jspecify.annotations.NullMarked;
