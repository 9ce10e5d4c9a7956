/** The composition root: a node made of its stages, from its settings. */
@NullMarked
package io.imagebus.node;

import org.jspecify.annotations.NullMarked;
