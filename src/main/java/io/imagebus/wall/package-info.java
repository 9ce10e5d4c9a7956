/**
 * Named walls: their layouts, kept by the cluster itself, and the screens that show them. A stage
 * like the others; pictures do not come this way.
 */
@NullMarked
package io.imagebus.wall;

import org.jspecify.annotations.NullMarked;
