package dev.aftercall.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/**
 * A check of what Graph does and the server does not yet. It runs and is expected to fail; once it
 * passes it breaks the build, so that nobody forgets to promote it.
 */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Todo {
  /** What is missing. */
  String value();
}
