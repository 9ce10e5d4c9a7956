package io.imagebus.bus;

/** How others reach this node's HTTP port; known once the port is open. Thread-safe. */
public final class HttpAddress {

  private volatile String url = "";

  /** Makes the address known. */
  public void set(String httpUrl) {
    url = httpUrl;
  }

  /** The address, empty until it is known. */
  public String get() {
    return url;
  }
}
