package io.imagebus.demo;

import io.imagebus.client.JpegSplitter;
import io.imagebus.frame.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The scenes that the jar brings; licences are beside them in {@code footage/LICENCES.md}. */
enum Scene {
  /** A bird close by. */
  COCKATOO("cockatoo", 8),
  /** A city at night. */
  NIGHT_CITY("night-city", 6),
  /** A slow move over a mountain. */
  MOUNTAIN("mountain", 6),
  /** A slow move along a creek. */
  CREEK("creek", 6);

  private static final int MAX_PICTURE_BYTES = 4 << 20;

  private final String name;
  private final int framesPerSecond;

  Scene(String name, int framesPerSecond) {
    this.name = name;
    this.framesPerSecond = framesPerSecond;
  }

  Topic topic() {
    return new Topic("demo/" + name);
  }

  /** The rate at which the scene was made. */
  int framesPerSecond() {
    return framesPerSecond;
  }

  /** All pictures, in order. */
  List<byte[]> pictures() {
    List<byte[]> pictures = new ArrayList<>();
    JpegSplitter splitter = new JpegSplitter(MAX_PICTURE_BYTES, pictures::add);
    try (InputStream in = Scene.class.getResourceAsStream("/footage/" + name + ".mjpeg")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks footage/" + name + ".mjpeg");
      }
      byte[] bytes = in.readAllBytes();
      splitter.feed(bytes, 0, bytes.length);
      splitter.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pictures;
  }
}
