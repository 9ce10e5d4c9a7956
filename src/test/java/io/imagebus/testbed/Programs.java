package io.imagebus.testbed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The programs that tests need beside the JDK: a Node to drive, browsers to be driven, and what
 * makes networks of this machine's own.
 */
public enum Programs {
  NODE("nodejs", "node", "nodejs"),
  CHROMIUM("chromium", "chromium", "chromium-browser", "google-chrome"),
  FIREFOX("firefox-esr", "firefox-esr", "firefox"),
  IP("iproute2", "ip"),
  TC("iproute2", "tc"),
  IPTABLES("iptables", "iptables");

  private static final int INSTALL_MINUTES = 10;

  private final String debianPackage;
  private final List<String> names;

  Programs(String debianPackage, String... names) {
    this.debianPackage = debianPackage;
    this.names = List.of(names);
  }

  /** The program on the PATH, by the first of its names that is there. */
  public Optional<Path> find() {
    List<Path> directories =
        Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return names.stream()
        .flatMap(name -> directories.stream().map(directory -> directory.resolve(name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * The program; on Debian and as root it is installed when it is missing.
   *
   * @throws IllegalStateException says in one line what is missing and how to get it
   */
  public synchronized Path require() {
    return find().or(this::install).orElseThrow(() -> new IllegalStateException(missing()));
  }

  private String missing() {
    return "these tests need "
        + String.join(" or ", names)
        + " on the PATH; on Debian: apt-get install "
        + debianPackage;
  }

  private Optional<Path> install() {
    if (!"root".equals(System.getProperty("user.name"))
        || !Files.exists(Path.of("/etc/debian_version"))) {
      return Optional.empty();
    }
    boolean installed = apt("update") && apt("install", "--no-install-recommends", debianPackage);
    return installed ? find() : Optional.empty();
  }

  private static boolean apt(String... arguments) {
    List<String> command =
        Stream.concat(
                Stream.of("apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=600"),
                Arrays.stream(arguments))
            .toList();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    try {
      Process process = builder.start();
      if (process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
        return process.exitValue() == 0;
      }
      process.destroy();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
