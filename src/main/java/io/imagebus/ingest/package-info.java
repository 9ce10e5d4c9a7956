/** What publishers send, in the protocols they speak, becomes frames. */
@NullMarked
package io.imagebus.ingest;

import org.jspecify.annotations.NullMarked;
