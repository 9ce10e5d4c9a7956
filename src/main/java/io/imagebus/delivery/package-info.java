/** Streams become what displays understand: chunks, whole pictures, MJPEG, snapshots. */
@NullMarked
package io.imagebus.delivery;

import org.jspecify.annotations.NullMarked;
