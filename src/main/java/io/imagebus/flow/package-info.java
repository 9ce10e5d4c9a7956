/** Bounded memory: the credit window of a link and the slots where the latest frame wins. */
@NullMarked
package io.imagebus.flow;

import org.jspecify.annotations.NullMarked;
