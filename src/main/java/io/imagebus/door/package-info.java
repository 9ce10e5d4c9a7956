/**
 * The conventions of the HTTP port that all stages share: problems, topics in paths, sockets with
 * control messages.
 */
@NullMarked
package io.imagebus.door;

import org.jspecify.annotations.NullMarked;
