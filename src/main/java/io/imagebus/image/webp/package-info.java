/**
 * Reads the entropy-coded data of WebP pictures to its end, without making a picture, to tell
 * whether it is sound.
 */
@NullMarked
package io.imagebus.image.webp;

import org.jspecify.annotations.NullMarked;
