/** Bytes to header and back: chunks, the link envelope, checksums. */
@NullMarked
package io.imagebus.wire;

import org.jspecify.annotations.NullMarked;
