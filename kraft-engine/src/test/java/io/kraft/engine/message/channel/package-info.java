@NullMarked
package io.kraft.engine.message.channel;

import org.jspecify.annotations.NullMarked;
