package io.imagebus.wall;

import java.util.Optional;

/**
 * One version of one wall, as nodes keep it and tell each other. Immutable.
 *
 * @param layout empty if the wall was removed by this version
 */
record LayoutRecord(WallName name, LayoutVersion version, Optional<Layout> layout) {

  boolean isRemoved() {
    return layout.isEmpty();
  }
}
