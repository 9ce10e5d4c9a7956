/** What a publisher or display outside the cluster needs; knows the protocol, not the node. */
@NullMarked
package io.imagebus.client;

import org.jspecify.annotations.NullMarked;
