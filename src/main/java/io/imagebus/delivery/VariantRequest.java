package io.imagebus.delivery;

import io.imagebus.flow.FrameRate;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a display wants the pictures: as they are, perhaps fewer a second.
 *
 * @param fps the most frames a second, if it matters
 */
record VariantRequest(OptionalDouble fps) {

  static final VariantRequest SOURCE = new VariantRequest(OptionalDouble.empty());

  private static final List<String> OTHER_FORMS = List.of("width", "height", "format", "quality");

  /** A wish that this node cannot fulfil. */
  static final class Unsupported extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unsupported(String name) {
      super(
          name
              + " was asked for; this node serves the source variant only, the pictures as they"
              + " were published, at most with a lower fps");
    }
  }

  /** Reads {@code variant} of a control message; absent or {@code "source"} means as it is. */
  static VariantRequest of(@Nullable Object value) {
    if (value == null || "source".equals(value)) {
      return SOURCE;
    }
    if (!(value instanceof JsonObject json)) {
      throw new Unsupported("variant " + value);
    }
    for (String form : OTHER_FORMS) {
      if (json.getValue(form) != null) {
        throw new Unsupported(form);
      }
    }
    Object fps = json.getValue("fps");
    if (fps == null) {
      return SOURCE;
    }
    if (fps instanceof Number number) {
      return ofRate(number.doubleValue());
    }
    throw new IllegalArgumentException("fps is a number, such as 5");
  }

  /** Reads the query of a request. */
  static VariantRequest of(MultiMap query) {
    for (String form : OTHER_FORMS) {
      if (query.contains(form)) {
        throw new Unsupported(form);
      }
    }
    String fps = query.get("fps");
    return fps == null ? SOURCE : ofRate(QueryNumber.of("fps", fps));
  }

  private static VariantRequest ofRate(double fps) {
    FrameRate.of(fps);
    return new VariantRequest(OptionalDouble.of(fps));
  }

  FrameRate rate() {
    return fps.isEmpty() ? FrameRate.unlimited() : FrameRate.of(fps.getAsDouble());
  }
}
