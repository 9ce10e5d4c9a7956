package io.imagebus.fault;

import io.imagebus.testbed.NodeProcess;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lives on a node's heap. Stateless. */
final class Heap {

  /** The last line of a class histogram: instances, bytes. */
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  private Heap() {}

  /** Bytes of the objects that are still referred to; collects garbage first. */
  static long liveBytes(NodeProcess node) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    String histogram = Shell.run(jcmd, Long.toString(node.program().pid()), "GC.class_histogram");
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalStateException("no total in the class histogram");
    }
    return Long.parseLong(total.group(1));
  }
}
