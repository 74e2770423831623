@NullMarked
package io.kraft.cluster.planted;

import org.jspecify.annotations.NullMarked;
