@NullMarked
package io.kraft.test.shop.guide;

import org.jspecify.annotations.NullMarked;
