/** The clock. Imports nothing of this project. */
@NullMarked
package io.imagebus.base;

import org.jspecify.annotations.NullMarked;
