@NullMarked
package io.kraft.cluster;

import org.jspecify.annotations.NullMarked;
