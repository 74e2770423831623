@NullMarked
package io.kraft.cluster.placement;

import org.jspecify.annotations.NullMarked;
