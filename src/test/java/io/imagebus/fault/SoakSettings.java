package io.imagebus.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * How long and how much a soak is. Every value has a system property, {@code soak.minutes}, {@code
 * soak.seed}, {@code soak.streams}, {@code soak.displays}, {@code soak.kilobytes} and {@code
 * soak.rows}.
 *
 * @param time within which faults begin
 * @param rows numbers of faults, such as {@code F6}; none for all
 * @param displays of all streams together, a multiple of the streams
 */
record SoakSettings(
    Duration time, long seed, List<String> rows, int streams, int displays, int pictureBytes) {

  private static final int FRAMES_PER_SECOND = 10;

  static SoakSettings ofSystemProperties() {
    return new SoakSettings(
        Duration.ofMinutes(Integer.getInteger("soak.minutes", 30)),
        Long.getLong("soak.seed", System.nanoTime()),
        Arrays.stream(System.getProperty("soak.rows", "").split(","))
            .filter(Predicate.not(String::isBlank))
            .toList(),
        Integer.getInteger("soak.streams", 20),
        Integer.getInteger("soak.displays", 60),
        Integer.getInteger("soak.kilobytes", 100) * 1_000);
  }

  /** Cameras on all of three hosts; both cameras and displays move when their node is gone. */
  Load.Size load() {
    return new Load.Size(3, streams, displays / streams, FRAMES_PER_SECOND, pictureBytes, true);
  }
}
