package io.imagebus.delivery;

import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.GapRecord;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What displays missed while they had no connection, as they said when they came back. Bound: the
 * last {@link AccountLine#MAX_GAPS} of each of {@link #MAX_TOPICS} topics; beyond that the topic
 * goes of which nothing was heard for longest. Owned by one event loop.
 */
final class Absences {

  static final int MAX_TOPICS = 1_000;

  private final Map<String, ArrayDeque<GapRecord>> newestFirst = new LinkedHashMap<>();

  /**
   * Keeps one.
   *
   * @param display name of the connection that the display has now
   * @param backMicros when it was back, microseconds since 1970 UTC
   */
  void add(
      Topic topic,
      StreamId stream,
      DisplayReport.Absence absence,
      String display,
      long backMicros) {
    ArrayDeque<GapRecord> gaps = newestFirst.remove(topic.name());
    if (gaps == null) {
      gaps = new ArrayDeque<>();
      if (newestFirst.size() == MAX_TOPICS) {
        newestFirst.remove(newestFirst.keySet().iterator().next());
      }
    }
    newestFirst.put(topic.name(), gaps);
    if (gaps.size() == AccountLine.MAX_GAPS) {
      gaps.removeLast();
    }
    gaps.addFirst(
        new GapRecord(
            stream,
            absence.from(),
            absence.to(),
            0,
            backMicros - absence.awayMicros(),
            backMicros,
            GapRecord.Outcome.MISSED,
            "display " + display + " had no connection"));
  }

  /** Those of a topic, newest first. */
  List<GapRecord> of(String topic) {
    ArrayDeque<GapRecord> gaps = newestFirst.get(topic);
    return gaps == null ? List.of() : List.copyOf(gaps);
  }
}
