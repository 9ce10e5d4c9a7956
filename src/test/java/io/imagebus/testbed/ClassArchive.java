package io.imagebus.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The classes of a node as a JVM has them in memory, kept beside the jar and mapped by the programs
 * that the tests start: it is ready with a third less of processor time, and some hundred are
 * started. Made when the first program is started after the jar was built.
 */
final class ClassArchive {

  private static final Duration END = Duration.ofSeconds(60);

  private ClassArchive() {}

  /**
   * The JVM's options that map the archive.
   *
   * @param jar that the programs are run from
   * @return empty for a JVM that makes no archive
   */
  static synchronized List<String> options(Path jar) throws IOException {
    // Another JVM refuses it.
    String name = jar.getFileName() + "-" + System.getProperty("java.vm.version") + ".jsa";
    Path archive = jar.resolveSibling(name);
    if (!isOf(archive, jar)) {
      make(archive, jar);
    }
    return isOf(archive, jar) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  private static boolean isOf(Path archive, Path jar) throws IOException {
    return Files.exists(archive)
        && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  /** Runs a node until it is ready; it writes the archive when it is told to end. */
  private static void make(Path archive, Path jar) throws IOException {
    Path unfinished = archive.resolveSibling(archive.getFileName() + ".new");
    List<String> options = List.of("-XX:ArchiveClassesAtExit=" + unfinished);
    String cluster = "cluster.name=archive-" + UUID.randomUUID();
    try (Program node =
        Program.run(
            jar, List.of(), options, "node", "--cluster", "--port", "0", "--set", cluster)) {
      new NodeProcess(node).awaitReady();
      node.signal("TERM");
      node.awaitExit(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the archive of classes was made", e);
    }
    if (Files.exists(unfinished)) {
      Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
