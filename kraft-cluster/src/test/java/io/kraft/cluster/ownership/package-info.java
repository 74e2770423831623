@NullMarked
package io.kraft.cluster.ownership;

import org.jspecify.annotations.NullMarked;
