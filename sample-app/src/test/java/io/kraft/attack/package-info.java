/**
 * Attacks on a running application, from outside: real processes and raw sockets.
 */
@NullMarked
package io.kraft.attack;

import org.jspecify.annotations.NullMarked;
