@NullMarked
package io.kraft.test.shop;

import org.jspecify.annotations.NullMarked;
