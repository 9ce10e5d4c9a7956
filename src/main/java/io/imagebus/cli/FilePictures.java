package io.imagebus.cli;

import io.imagebus.frame.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Pictures in files, read in order, over and over if wished. Used by one thread. */
final class FilePictures implements PictureSource {

  static final String KINDS = ".jpg, .jpeg, .png, .webp and .mjpeg";

  private final List<Path> files;
  private final boolean loops;
  private long leftOut;

  private FilePictures(List<Path> files, boolean loops) {
    this.files = files;
    this.loops = loops;
  }

  /**
   * The pictures of a file or of a directory in the order of the names.
   *
   * @param loops whether they begin anew after the last
   * @throws IllegalArgumentException says what is wrong with the path
   */
  static FilePictures of(Path path, boolean loops) throws IOException {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("no such file or directory: " + path);
    }
    if (!Files.isReadable(path)) {
      throw new IllegalArgumentException("may not be read: " + path);
    }
    if (!Files.isDirectory(path)) {
      if (!isKnown(path)) {
        throw new IllegalArgumentException(path + " is none of " + KINDS);
      }
      return new FilePictures(List.of(path), loops);
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files = entries.filter(FilePictures::isKnown).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalArgumentException(path + " holds no pictures (" + KINDS + ")");
      }
      return new FilePictures(files, loops);
    }
  }

  private static boolean isKnown(Path file) {
    return !Files.isDirectory(file) && (isMjpeg(file) || format(file).isPresent());
  }

  private static boolean isMjpeg(Path file) {
    String ending = ending(file);
    return ending.equals("mjpeg") || ending.equals("mjpg");
  }

  private static Optional<ImageFormat> format(Path file) {
    return switch (ending(file)) {
      case "jpg", "jpeg" -> Optional.of(ImageFormat.JPEG);
      case "png" -> Optional.of(ImageFormat.PNG);
      case "webp" -> Optional.of(ImageFormat.WEBP);
      default -> Optional.empty();
    };
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  @Override
  public void read(Sink sink) throws IOException, InterruptedException {
    do {
      for (Path file : files) {
        read(file, sink);
      }
    } while (loops);
  }

  private void read(Path file, Sink sink) throws IOException, InterruptedException {
    Optional<ImageFormat> format = format(file);
    if (format.isPresent()) {
      sink.accept(new Picture(Files.readAllBytes(file), format.get()));
      return;
    }
    try (InputStream in = Files.newInputStream(file)) {
      MjpegPictures row = new MjpegPictures(in);
      row.read(sink);
      leftOut += row.leftOut();
    }
  }

  @Override
  public long leftOut() {
    return leftOut;
  }
}
