package io.imagebus.fault;

import io.imagebus.testbed.NodeProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a node needs. A JVM touches its heap bit by bit, so that its resident memory
 * grows for minutes and says nothing. These nodes hold all of their heap from the start: what lives
 * on it is asked of the JVM, and the rest of the resident memory is what they hold beside it.
 * Stateless.
 */
final class Memory {

  private static final long HEAP_MEBIBYTES = 256;

  /** A heap that is resident as a whole. */
  static final List<String> OPTIONS =
      List.of(
          "-Xms" + HEAP_MEBIBYTES + "m",
          "-Xmx" + HEAP_MEBIBYTES + "m",
          "-Xmn64m",
          "-XX:+UseSerialGC",
          "-XX:+AlwaysPreTouch");

  /** The last line of a class histogram: instances, bytes. */
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private Memory() {}

  /** Bytes of living objects on the heap; collects garbage first. */
  static long heapBytes(NodeProcess node) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String histogram = Shell.run(jcmd, Long.toString(node.program().pid()), "GC.class_histogram");
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("no total in the class histogram");
    }
    return Long.parseLong(total.group(1));
  }

  /** Bytes that a node needs: what lives on its heap, and all that it holds beside the heap. */
  static long bytes(NodeProcess node) throws Exception {
    return heapBytes(node) + node.program().residentBytes() - (HEAP_MEBIBYTES << 20);
  }
}
