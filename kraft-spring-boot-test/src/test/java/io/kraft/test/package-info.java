@NullMarked
package io.kraft.test;

import org.jspecify.annotations.NullMarked;
