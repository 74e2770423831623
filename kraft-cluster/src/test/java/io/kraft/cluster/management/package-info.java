@NullMarked
package io.kraft.cluster.management;

import org.jspecify.annotations.NullMarked;
