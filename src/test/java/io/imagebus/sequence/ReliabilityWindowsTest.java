package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReliabilityWindowsTest {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long START_NANOS = Long.MAX_VALUE - 100 * SECOND_NANOS;

  private final ReliabilityWindows windows =
      new ReliabilityWindows(SequenceCounts.ZERO, FrameCounts.ZERO, START_NANOS);

  @Test
  void windows_nothingRecorded_areZero() {
    assertThat(windows.lastMinute(START_NANOS)).isEqualTo(SequenceCounts.ZERO);
    assertThat(windows.lastQuarterHour(START_NANOS)).isEqualTo(SequenceCounts.ZERO);
    assertThat(windows.sinceStart()).isEqualTo(SequenceCounts.ZERO);
  }

  @Test
  void windows_olderThanTheirSpan_countOnlyTheirSpan() {
    recordOneReceivedEachSecond(3_600);

    assertThat(windows.lastMinute(at(3_600)).received()).isEqualTo(60);
    assertThat(windows.lastQuarterHour(at(3_600)).received()).isEqualTo(900);
    assertThat(windows.sinceStart().received()).isEqualTo(3_600);
  }

  @Test
  void windows_youngerThanTheirSpan_countSinceStart() {
    recordOneReceivedEachSecond(30);

    assertThat(windows.lastMinute(at(30)).received()).isEqualTo(30);
    assertThat(windows.lastQuarterHour(at(30)).received()).isEqualTo(30);
  }

  @Test
  void lastQuarterHour_betweenItsSteps_isLongerByLessThanAStep() {
    recordOneReceivedEachSecond(3_607);

    assertThat(windows.lastQuarterHour(at(3_607)).received()).isEqualTo(907);
  }

  @Test
  void lastMinute_manySnapshotsASecond_stillReachesBackAMinute() {
    for (int tenth = 1; tenth <= 6_000; tenth++) {
      windows.record(received(tenth), FrameCounts.ZERO, START_NANOS + tenth * (SECOND_NANOS / 10));
    }

    assertThat(windows.lastMinute(at(600)).received()).isEqualTo(600);
  }

  @Test
  void lastMinute_nothingRecordedForAMinute_isZero() {
    windows.record(received(10), FrameCounts.ZERO, at(1));
    windows.record(received(20), FrameCounts.ZERO, at(1) + 1);

    assertThat(windows.lastMinute(at(61)).received()).isEqualTo(10);
    assertThat(windows.lastMinute(at(61) + 1)).isEqualTo(SequenceCounts.ZERO);
    assertThat(windows.sinceStart().received()).isEqualTo(20);
  }

  @Test
  void sinceStart_countsBeforeTheStart_leavesThemOut() {
    ReliabilityWindows later = new ReliabilityWindows(received(100), FrameCounts.ZERO, START_NANOS);

    later.record(received(103), FrameCounts.ZERO, at(1));

    assertThat(later.sinceStart().received()).isEqualTo(3);
    assertThat(later.lastMinute(at(1)).received()).isEqualTo(3);
  }

  @Test
  void lastMinute_pendingFell_keepsTheIdentity() {
    windows.record(counts(5, 3, 2), FrameCounts.ZERO, at(1));
    windows.record(counts(5, 5, 0), FrameCounts.ZERO, at(2));
    windows.record(counts(6, 6, 0), FrameCounts.ZERO, at(62));

    SequenceCounts minute = windows.lastMinute(at(61));

    assertThat(minute.pending()).isEqualTo(-2);
    assertThat(minute.holdsIdentity()).isTrue();
  }

  private void recordOneReceivedEachSecond(int seconds) {
    for (int second = 1; second <= seconds; second++) {
      windows.record(received(second), FrameCounts.ZERO, at(second));
    }
  }

  private static long at(long seconds) {
    return START_NANOS + seconds * SECOND_NANOS;
  }

  private static SequenceCounts received(long received) {
    return counts(received, received, 0);
  }

  private static SequenceCounts counts(long expected, long received, long pending) {
    return new SequenceCounts(
        expected, received, 0, 0, 0, pending, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
