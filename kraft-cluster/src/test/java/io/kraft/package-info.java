@NullMarked
package io.kraft;

import org.jspecify.annotations.NullMarked;
