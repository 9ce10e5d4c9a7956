/**
 * Sequence-gap tracking of one hop: what was received, lost, damaged or left out on purpose, and
 * the reliability that follows from it.
 */
@NullMarked
package io.imagebus.sequence;

import org.jspecify.annotations.NullMarked;
