/** Tells whether a picture shows anything that the one sent before it did not. */
@NullMarked
package io.imagebus.image.change;

import org.jspecify.annotations.NullMarked;
