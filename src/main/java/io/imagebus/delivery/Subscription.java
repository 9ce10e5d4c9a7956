package io.imagebus.delivery;

import io.imagebus.flow.FrameRate;
import io.imagebus.frame.TopicFilter;
import java.util.Collection;
import java.util.List;

/** What a display asked for under one id. Owned by its display. */
final class Subscription implements Guest {

  private final Display display;
  private final long id;
  private final TopicFilter filter;
  private final boolean fromLast;
  private VariantRequest variant;

  Subscription(
      Display display, long id, TopicFilter filter, VariantRequest variant, boolean fromLast) {
    this.display = display;
    this.id = id;
    this.filter = filter;
    this.variant = variant;
    this.fromLast = fromLast;
  }

  @Override
  public void enter(StreamRoom room) {
    display.enter(room, this);
  }

  long id() {
    return id;
  }

  TopicFilter filter() {
    return filter;
  }

  /** Whether the last picture is wanted before the next. */
  boolean fromLast() {
    return fromLast;
  }

  void variant(VariantRequest wanted) {
    variant = wanted;
  }

  static List<Long> ids(Collection<Subscription> subscriptions) {
    return subscriptions.stream().map(Subscription::id).toList();
  }

  /** The highest rate that any of them wants. */
  static FrameRate rateOf(Collection<Subscription> subscriptions) {
    double highest = 0;
    for (Subscription subscription : subscriptions) {
      if (subscription.variant.fps().isEmpty()) {
        return FrameRate.unlimited();
      }
      highest = Math.max(highest, subscription.variant.fps().getAsDouble());
    }
    return highest == 0 ? FrameRate.unlimited() : FrameRate.of(highest);
  }
}
