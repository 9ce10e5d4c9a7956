package io.imagebus.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when a display falls behind and when it keeps up again, not each frame between. */
final class Slowness {

  /** Ticks without a skip until a display counts as keeping up. */
  private static final int CALM_TICKS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(Slowness.class);

  private final String display;
  private boolean slow;
  private long skippedFrames;
  private long allSkippedFrames;
  private int calmTicks;

  Slowness(String display) {
    this.display = display;
  }

  /** A frame was left out because the display was not ready for it. */
  void skipped() {
    skippedFrames++;
  }

  /** About once a second. */
  void tick() {
    allSkippedFrames += skippedFrames;
    calmTicks = skippedFrames > 0 ? 0 : calmTicks + 1;
    if (!slow && skippedFrames > 0) {
      slow = true;
      LOG.info("display {} slow: skipped {} frames in 1 s", display, skippedFrames);
    } else if (slow && calmTicks >= CALM_TICKS) {
      slow = false;
      LOG.info("display {} keeps up again; skipped {} frames so far", display, allSkippedFrames);
    }
    skippedFrames = 0;
  }
}
