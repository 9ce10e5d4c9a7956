/** Variants of the frames of this node's streams, made while somebody in the cluster asks. */
@NullMarked
package io.imagebus.compression;

import org.jspecify.annotations.NullMarked;
