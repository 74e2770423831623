@NullMarked
package io.kraft.engine.ledger;

import org.jspecify.annotations.NullMarked;
