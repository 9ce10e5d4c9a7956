package io.imagebus.bus;

import io.imagebus.sequence.Alarm;
import io.imagebus.sequence.AlarmBoard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes alarms to the log, each when it is raised and when it is cleared: losses and fights as
 * warnings, what also happens in normal operation, such as a publisher that goes, as information.
 * Stateless.
 */
public final class AlarmLog implements AlarmBoard.Listener {

  private static final Logger LOG = LoggerFactory.getLogger(AlarmLog.class);

  @Override
  public void raised(Alarm alarm) {
    switch (alarm.kind()) {
      case TWO_PUBLISHERS, LOSSES -> LOG.warn("{}", alarm.message());
      case UNKNOWN_TAIL, SILENT -> LOG.info("{}", alarm.message());
    }
  }

  @Override
  public void cleared(Alarm alarm) {
    LOG.info("over: {}", alarm.message());
  }
}
