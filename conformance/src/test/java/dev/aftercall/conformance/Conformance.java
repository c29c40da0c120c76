package dev.aftercall.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.extension.ExtendWith;

/** A group of checks. Its constructor may ask for the {@link ServerUnderTest}. */
@ExtendWith(ConformanceExtension.class)
@DisplayNameGeneration(Sentences.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Conformance {
  /** The group's name in the report. */
  String value();
}
