/** Decodes, scales and encodes whole pictures; for worker threads, never for an event loop. */
@NullMarked
package io.imagebus.image.codec;

import org.jspecify.annotations.NullMarked;
