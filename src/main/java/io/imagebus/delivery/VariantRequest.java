package io.imagebus.delivery;

import io.imagebus.flow.FrameRate;
import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.VariantWish;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a display wants the pictures.
 *
 * @param fps the most frames a second, if it matters; the display's own, not the variant's
 * @param wish size, format, quality or budget
 */
record VariantRequest(OptionalDouble fps, VariantWish wish) {

  static final VariantRequest SOURCE = new VariantRequest(OptionalDouble.empty());

  /** A wish that no node fulfils. */
  static final class Unsupported extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Unsupported(String text) {
      super(text);
    }
  }

  /** The pictures as they are, at most so many a second. */
  VariantRequest(OptionalDouble fps) {
    this(fps, VariantWish.SOURCE);
  }

  /** Reads {@code variant} of a control message; absent or {@code "source"} means as it is. */
  static VariantRequest of(@Nullable Object value) {
    if (value == null || "source".equals(value)) {
      return SOURCE;
    }
    if (!(value instanceof JsonObject json)) {
      throw new Unsupported(
          "variant is \"source\" or an object such as {\"width\":640,\"height\":360}");
    }
    Object format = json.getValue("format");
    if (format != null && !(format instanceof String)) {
      throw new IllegalArgumentException("format is a text, such as \"jpeg\"");
    }
    Object fps = json.getValue("fps");
    if (fps != null && !(fps instanceof Number)) {
      throw new IllegalArgumentException("fps is a number, such as 5");
    }
    VariantWish wish =
        new VariantWish(
            whole("width", json.getValue("width")),
            whole("height", json.getValue("height")),
            whole("quality", json.getValue("quality")),
            whole("bytes", json.getValue("bytes")),
            formatOf((String) format));
    return new VariantRequest(
        fps == null ? OptionalDouble.empty() : rate(((Number) fps).doubleValue()), wish);
  }

  private static int whole(String name, @Nullable Object value) {
    if (value == null) {
      return 0;
    }
    if (value instanceof Number number
        && number.doubleValue() == number.intValue()
        && number.intValue() > 0) {
      return number.intValue();
    }
    throw new IllegalArgumentException(name + " is a whole number of at least 1");
  }

  private static Optional<ImageFormat> formatOf(@Nullable String name) {
    if (name == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ImageFormat.valueOf(name.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      throw new Unsupported("format " + name + " was asked for; it is jpeg, png or webp");
    }
  }

  /** Reads the query of a request. */
  static VariantRequest of(MultiMap query) {
    String fps = query.get("fps");
    VariantWish wish =
        new VariantWish(
            whole("width", query),
            whole("height", query),
            whole("quality", query),
            whole("bytes", query),
            formatOf(query.get("format")));
    return new VariantRequest(
        fps == null ? OptionalDouble.empty() : rate(QueryNumber.of("fps", fps)), wish);
  }

  private static int whole(String name, MultiMap query) {
    String text = query.get(name);
    return text == null ? 0 : whole(name, (Object) QueryNumber.of(name, text));
  }

  private static OptionalDouble rate(double fps) {
    FrameRate.of(fps);
    return OptionalDouble.of(fps);
  }

  FrameRate rate() {
    return fps.isEmpty() ? FrameRate.unlimited() : FrameRate.of(fps.getAsDouble());
  }
}
