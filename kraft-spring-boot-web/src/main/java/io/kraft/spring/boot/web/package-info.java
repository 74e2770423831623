/**
 * The web API: what it answers, whatever the web stack. The packages below it connect it
 * with the stacks.
 */
@NullMarked
package io.kraft.spring.boot.web;

import org.jspecify.annotations.NullMarked;
