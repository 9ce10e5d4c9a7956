/** The settings of a node: one record tree, where they come from, how they are shown. */
@NullMarked
package io.imagebus.config;

import org.jspecify.annotations.NullMarked;
