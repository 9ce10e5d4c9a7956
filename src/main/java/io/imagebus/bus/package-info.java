/** The only door to the event bus and to Hazelcast: the topic directory and the node links. */
@NullMarked
package io.imagebus.bus;

import org.jspecify.annotations.NullMarked;
