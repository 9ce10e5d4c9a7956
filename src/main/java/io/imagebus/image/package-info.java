/** Looks into encoded pictures safely; decodes, scales and encodes them. */
@NullMarked
package io.imagebus.image;

import org.jspecify.annotations.NullMarked;
