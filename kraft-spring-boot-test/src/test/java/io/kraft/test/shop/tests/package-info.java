@NullMarked
package io.kraft.test.shop.tests;

import org.jspecify.annotations.NullMarked;
