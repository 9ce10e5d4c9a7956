package io.imagebus.bus;

/** One message between two nodes: header and body, not to be changed. */
record LinkMessage(byte[] header, byte[] body) {

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return "LinkMessage of " + (header.length + body.length) + " bytes";
  }
}
