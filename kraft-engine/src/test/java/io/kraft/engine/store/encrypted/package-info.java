@NullMarked
package io.kraft.engine.store.encrypted;

import org.jspecify.annotations.NullMarked;
