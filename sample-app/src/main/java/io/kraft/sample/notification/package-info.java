/**
 * Mails to customers.
 */
@NullMarked
package io.kraft.sample.notification;

import org.jspecify.annotations.NullMarked;
