package io.imagebus.cli;

import io.imagebus.client.ReceivedFrame;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import java.nio.file.Path;

/**
 * The file of a frame: the topic's levels as directories, then number and capture time. A level
 * cannot lead out of the directory, whatever a publisher calls its topic.
 */
final class FramePath {

  private static final String UNSAFE = "%\\:*?\"<>|";

  private FramePath() {}

  static Path of(Path directory, ReceivedFrame received) {
    String ending =
        ImageFormat.fromContentType(received.contentType())
            .map(ImageFormat::fileExtension)
            .orElse("bin");
    String name =
        "%06d-%d.%s".formatted(received.frame().number(), received.frame().captureMicros(), ending);
    return directory(directory, received.topic()).resolve(name);
  }

  private static Path directory(Path directory, Topic topic) {
    Path path = directory;
    for (String level : topic.levels()) {
      path = path.resolve(escape(level));
    }
    return path;
  }

  private static String escape(String level) {
    if (level.equals(".") || level.equals("..")) {
      return level.replace(".", "%2E");
    }
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < level.length(); i++) {
      char c = level.charAt(i);
      safe.append(UNSAFE.indexOf(c) < 0 ? String.valueOf(c) : percent(c));
    }
    return safe.toString();
  }

  private static String percent(char c) {
    return "%%%02X".formatted((int) c);
  }
}
