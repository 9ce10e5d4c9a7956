/** A picture becomes chunks, and chunks become the picture again. */
@NullMarked
package io.imagebus.chunk;

import org.jspecify.annotations.NullMarked;
