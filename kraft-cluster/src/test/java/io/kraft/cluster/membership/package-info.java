@NullMarked
package io.kraft.cluster.membership;

import org.jspecify.annotations.NullMarked;
