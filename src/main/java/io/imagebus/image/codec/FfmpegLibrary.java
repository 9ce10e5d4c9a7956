package io.imagebus.image.codec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries of FFmpeg, loaded once for the process. They lie in the jar and are
 * unpacked, 100 MB, into a directory that only this user can write: {@code ~/.cache/imagebus}, or
 * one below {@code java.io.tmpdir} where there is no home. Who sets {@code
 * org.bytedeco.javacpp.cachedir} chooses another.
 */
final class FfmpegLibrary {
  private static final String CACHE_DIRECTORY = "org.bytedeco.javacpp.cachedir";
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private FfmpegLibrary() {}

  private static final class Loading {
    static final Optional<String> PROBLEM = load();
  }

  /** Why the libraries cannot be used; nothing if they can. The first call takes about a second. */
  static Optional<String> problem() {
    return Loading.PROBLEM;
  }

  private static Optional<String> load() {
    try {
      configure();
      Loader.load(avutil.class);
      Loader.load(avcodec.class);
      Loader.load(swscale.class);
      // It has a line for every damaged picture.
      avutil.av_log_set_level(avutil.AV_LOG_QUIET);
      return Optional.empty();
    } catch (LinkageError | IOException | RuntimeException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /*
   * All native memory is freed by hand, so JavaCPP need not watch its pointers with a thread, nor
   * call the collector when the process has grown.
   */
  private static void configure() throws IOException {
    preset("org.bytedeco.javacpp.nopointergc", "true");
    preset("org.bytedeco.javacpp.maxbytes", "0");
    preset("org.bytedeco.javacpp.maxphysicalbytes", "0");
    if (System.getProperty(CACHE_DIRECTORY) == null) {
      System.setProperty(CACHE_DIRECTORY, cacheDirectory().toString());
    }
  }

  private static void preset(String key, String value) {
    if (System.getProperty(key) == null) {
      System.setProperty(key, value);
    }
  }

  private static Path cacheDirectory() throws IOException {
    List<Path> candidates =
        List.of(
            Path.of(System.getProperty("user.home"), ".cache", "imagebus", "native"),
            Path.of(
                System.getProperty("java.io.tmpdir"),
                "imagebus-" + System.getProperty("user.name")));
    for (Path candidate : candidates) {
      if (isOurs(candidate)) {
        return candidate;
      }
    }
    return Files.createTempDirectory("imagebus-native");
  }

  /** Whether this directory is there or can be made, and nobody else can put a library into it. */
  private static boolean isOurs(Path directory) {
    try {
      boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
      if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(directory);
        if (posix) {
          Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
      }
      boolean writable =
          Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(directory);
      return writable && (!posix || belongsToUs(directory));
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  private static boolean belongsToUs(Path directory) throws IOException {
    Path probe = Files.createTempFile(directory, "probe", "");
    try {
      return Files.getOwner(probe).equals(Files.getOwner(directory))
          && OWNER_ONLY.containsAll(Files.getPosixFilePermissions(directory));
    } finally {
      Files.delete(probe);
    }
  }

  /** Passes on what the library has allocated. */
  static <P extends Pointer> P allocated(@Nullable P pointer) {
    if (pointer == null || pointer.isNull()) {
      throw new OutOfMemoryError("no native memory for a codec");
    }
    return pointer;
  }
}
