@NullMarked
package io.kraft.cluster.discovery;

import org.jspecify.annotations.NullMarked;
