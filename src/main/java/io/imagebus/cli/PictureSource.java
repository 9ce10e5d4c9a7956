package io.imagebus.cli;

import java.io.IOException;

/** Where pictures to be published come from. Used by one thread, which may block. */
interface PictureSource {

  /** Takes the pictures; may block until there is room. */
  interface Sink {
    void accept(Picture picture) throws InterruptedException;
  }

  /** Reads to the end; ends early when the thread is interrupted. */
  void read(Sink sink) throws IOException, InterruptedException;

  /** How many pictures were left out because they are damaged or too large. */
  long leftOut();
}
