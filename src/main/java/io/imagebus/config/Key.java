package io.imagebus.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one key of the configuration on the record component that holds it. Name, environment
 * variable and unit follow from the component's name ({@code windowBytes}, {@code maxAgeMillis}).
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Key {

  /** The value when nobody sets one, written as in the file. */
  String preset();

  /** The smallest number allowed. */
  long min() default 0;

  /** The largest number allowed. */
  long max() default Long.MAX_VALUE;

  /** Whether a text may be empty. */
  boolean emptyAllowed() default false;

  /** What the key is and what follows from changing it. */
  String doc();
}
