package io.imagebus.delivery;

import io.imagebus.bus.TopicKey;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one display was sent of one topic and says that it received, by variant. Bound: {@link
 * #MAX_VARIANTS}; the longest unused goes to the departed. Owned by one event loop.
 */
final class SeatLedger {

  static final int MAX_VARIANTS = 8;

  private final DepartedDisplays departed;
  private final Topic topic;
  private final Map<Variant, Page> pages = new LinkedHashMap<>();
  private Page page;

  /** The counts of one variant. */
  static final class Page {
    private final Variant variant;
    private final SeatCounts counts = new SeatCounts();
    private final ReportedCounts reported = new ReportedCounts();
    private StreamId stream;

    Page(Variant variant, StreamId stream) {
      this.variant = variant;
      this.stream = stream;
    }

    Variant variant() {
      return variant;
    }

    SeatCounts counts() {
      return counts;
    }

    ReportedCounts reported() {
      return reported;
    }

    /** The stream that was shown last. */
    StreamId stream() {
      return stream;
    }
  }

  SeatLedger(DepartedDisplays departed, Topic topic, Variant variant, StreamId stream) {
    this.departed = departed;
    this.topic = topic;
    this.page = new Page(variant, stream);
    pages.put(variant, page);
  }

  /** What is shown from now on. */
  void turnTo(Variant variant, StreamId stream, long nowNanos) {
    Page next = pages.remove(variant);
    page = next == null ? new Page(variant, stream) : next;
    page.stream = stream;
    pages.put(variant, page);
    if (pages.size() > MAX_VARIANTS) {
      settle(pages.remove(pages.keySet().iterator().next()), nowNanos);
    }
  }

  /** The variant that is shown. */
  Page page() {
    return page;
  }

  /** Where a report on a stream belongs; by what was reported before, or shown. */
  Optional<Page> pageOf(StreamId stream) {
    return pages.values().stream()
        .filter(each -> each.stream().equals(stream) || each.reported().knows(stream))
        .findFirst();
  }

  List<Page> pages() {
    return new ArrayList<>(pages.values());
  }

  /** The display is gone. */
  void close(long nowNanos) {
    pages.values().forEach(each -> settle(each, nowNanos));
    pages.clear();
  }

  private void settle(Page gone, long nowNanos) {
    departed.add(new TopicKey(topic, gone.variant()), gone.counts(), gone.reported(), nowNanos);
  }
}
