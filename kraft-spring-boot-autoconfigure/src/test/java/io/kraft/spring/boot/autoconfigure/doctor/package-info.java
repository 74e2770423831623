@org.jspecify.annotations.NullMarked
package io.kraft.spring.boot.autoconfigure.doctor;
