/** The accounts of all hops, for people and for Prometheus. */
@NullMarked
package io.imagebus.report;

import org.jspecify.annotations.NullMarked;
