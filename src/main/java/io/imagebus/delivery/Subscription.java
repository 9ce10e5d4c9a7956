package io.imagebus.delivery;

import io.imagebus.flow.FrameRate;
import io.imagebus.frame.TopicFilter;
import io.imagebus.frame.Variant;
import io.imagebus.frame.VariantWish;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/*
 * A change of the variant admits the display to the rooms of the new one and leaves the old ones
 * open until the display has moved out of the last of them, so that a picture is there all the time.
 */
/** What a display asked for under one id. Owned by its display. */
final class Subscription implements Guest {

  /** The larger first; among equals, the finer. */
  private static final Comparator<Variant> DEMAND =
      Comparator.<Variant>comparingInt(each -> unbounded(each.maxWidth()))
          .thenComparingInt(each -> unbounded(each.maxHeight()))
          .thenComparingInt(each -> each.isSource() ? Integer.MAX_VALUE : each.quality())
          .thenComparing(Variant::label);

  private final Display display;
  private final long id;
  private final TopicFilter filter;
  private final boolean fromLast;
  private final Set<Variant> admitted = new LinkedHashSet<>();
  private VariantRequest request;
  private Variant asked;
  private Variant variant;

  Subscription(
      Display display, long id, TopicFilter filter, VariantRequest request, boolean fromLast) {
    this.display = display;
    this.id = id;
    this.filter = filter;
    this.request = request;
    this.fromLast = fromLast;
    this.asked = display.ladder().rungOf(request.wish());
    this.variant = affordable();
  }

  private static int unbounded(int side) {
    return side == 0 ? Integer.MAX_VALUE : side;
  }

  @Override
  public void enter(StreamRoom room) {
    display.enter(room, this);
  }

  /** Who asks for the source gets the source; who asks for a size gets at most that. */
  private Variant affordable() {
    return isAdaptive() ? display.affordable(asked) : asked;
  }

  /** Whether its pictures may become smaller than what was asked for. */
  boolean isAdaptive() {
    return !request.wish().equals(VariantWish.SOURCE);
  }

  /** Shows the display what matches, now and later. */
  void open(Rooms rooms) {
    display.subscribed(this);
    if (admitted.add(variant)) {
      rooms.admit(filter, variant, this);
    }
    settle(rooms);
  }

  /** The display wants another form from now on. */
  void change(VariantRequest wanted, Rooms rooms) {
    request = wanted;
    asked = display.ladder().rungOf(wanted.wish());
    adapt(rooms);
  }

  /**
   * What the display's link carries may have changed.
   *
   * @return whether the variant is another
   */
  boolean adapt(Rooms rooms) {
    Variant before = variant;
    variant = affordable();
    open(rooms);
    return !variant.equals(before);
  }

  /** What would come if the link carried it. */
  Variant asked() {
    return asked;
  }

  /** Leaves the rooms of variants that are not wanted any more, if the display sits in none. */
  void settle(Rooms rooms) {
    for (Variant old : List.copyOf(admitted)) {
      if (!old.equals(variant) && !display.sits(this, old)) {
        admitted.remove(old);
        rooms.dismiss(filter, old, this);
      }
    }
  }

  /** Takes {@link #open} back. */
  void close(Rooms rooms) {
    display.unsubscribed(this);
    admitted.forEach(each -> rooms.dismiss(filter, each, this));
    admitted.clear();
  }

  long id() {
    return id;
  }

  TopicFilter filter() {
    return filter;
  }

  /** The form in which the pictures come. */
  Variant variant() {
    return variant;
  }

  /** Whether the last picture is wanted before the next. */
  boolean fromLast() {
    return fromLast;
  }

  static List<Long> ids(Collection<Subscription> subscriptions) {
    return subscriptions.stream().map(Subscription::id).toList();
  }

  /** The largest form that any of them wants. */
  static Variant variantOf(Collection<Subscription> subscriptions) {
    return subscriptions.stream().map(Subscription::variant).max(DEMAND).orElse(Variant.SOURCE);
  }

  /** The highest rate that any of them wants. */
  static FrameRate rateOf(Collection<Subscription> subscriptions) {
    double highest = 0;
    for (Subscription subscription : subscriptions) {
      if (subscription.request.fps().isEmpty()) {
        return FrameRate.unlimited();
      }
      highest = Math.max(highest, subscription.request.fps().getAsDouble());
    }
    return highest == 0 ? FrameRate.unlimited() : FrameRate.of(highest);
  }
}
