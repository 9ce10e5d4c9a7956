package io.imagebus.fault;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Half an hour of faults in an order that a seed decides; see {@link SoakSettings}. */
@Tag("soak")
class SoakIT {

  @Test
  void faultsInRandomOrder_everyLedgerEqualsEveryAccount() throws Exception {
    try (Soak soak = Soak.start(SoakSettings.ofSystemProperties())) {
      soak.run();
      soak.conclude();
    }
  }
}
