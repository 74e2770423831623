@NullMarked
package io.kraft.cluster.routing;

import org.jspecify.annotations.NullMarked;
