package io.imagebus.node;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the collector give memory back to the system after a load: G1 keeps what it once had until
 * its next cycle, and an idle node has none (JEP 346). What the user set on the command line of the
 * JVM stays.
 */
final class HeapReturn {

  private static final Logger LOG = LoggerFactory.getLogger(HeapReturn.class);

  private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

  static {
    // A cycle when there was none for so long, milliseconds.
    OPTIONS.put("G1PeriodicGCInterval", "15000");
    // Free heap that a cycle leaves, percent; the defaults are 40 and 70.
    OPTIONS.put("MinHeapFreeRatio", "10");
    OPTIONS.put("MaxHeapFreeRatio", "25");
  }

  private HeapReturn() {}

  /** Sets the options on this JVM; another collector or JVM goes without. */
  static void enable() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (jvm == null) {
      return;
    }
    OPTIONS.forEach(
        (name, value) -> {
          try {
            if (jvm.getVMOption(name).getOrigin() == VMOption.Origin.DEFAULT) {
              jvm.setVMOption(name, value);
            }
          } catch (IllegalArgumentException e) {
            LOG.debug("this JVM has no {}", name);
          }
        });
  }
}
