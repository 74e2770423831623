/**
 * Annotations of others that are known by name only.
 */
@NullMarked
package jakarta.transaction;

import org.jspecify.annotations.NullMarked;
