/** Immutable names and values: topic, filter, stream, variant. */
@NullMarked
package io.imagebus.frame;

import org.jspecify.annotations.NullMarked;
