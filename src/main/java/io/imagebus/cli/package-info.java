/** The program's commands: from words on the command line to the parts that do the work. */
@NullMarked
package io.imagebus.cli;

import org.jspecify.annotations.NullMarked;
