/** Cameras that play the footage of the jar, for a first look. */
@NullMarked
package io.imagebus.demo;

import org.jspecify.annotations.NullMarked;
