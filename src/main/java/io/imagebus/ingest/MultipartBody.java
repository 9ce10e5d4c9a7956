package io.imagebus.ingest;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A multipart body whose boundary may be known only by its own first line: ffmpeg's {@code mpjpeg}
 * posts without any {@code Content-Type}. Owned by one event loop.
 */
final class MultipartBody {

  /** The longest first line, with its line end. */
  private static final int MAX_FIRST_LINE_BYTES = BoundaryParameter.MAX_CHARACTERS + 8;

  private final int maxPictureBytes;
  private final Consumer<Part> parts;
  private final Buffer head = Buffer.buffer();
  private @Nullable MultipartPictures pictures;

  /**
   * A body of which nothing has come yet.
   *
   * @param boundary as the headers named it; empty if they did not
   */
  MultipartBody(Optional<String> boundary, int maxPictureBytes, Consumer<Part> parts) {
    this.maxPictureBytes = maxPictureBytes;
    this.parts = parts;
    this.pictures =
        boundary.map(known -> new MultipartPictures(known, maxPictureBytes, parts)).orElse(null);
  }

  void feed(Buffer data) throws MultipartException {
    MultipartPictures known = pictures;
    if (known != null) {
      known.feed(data);
      return;
    }
    head.appendBuffer(data);
    Optional<String> boundary = boundaryInFirstLine();
    if (boundary.isPresent()) {
      MultipartPictures found = new MultipartPictures(boundary.get(), maxPictureBytes, parts);
      pictures = found;
      found.feed(head);
    } else if (head.length() > MAX_FIRST_LINE_BYTES) {
      throw noBoundary();
    }
  }

  /** The body is over. */
  void end() throws MultipartException {
    MultipartPictures known = pictures;
    if (known == null) {
      throw noBoundary();
    }
    known.end();
  }

  /** The boundary, once the line that starts with two hyphens is there as a whole. */
  private Optional<String> boundaryInFirstLine() {
    int length = Math.min(head.length(), MAX_FIRST_LINE_BYTES);
    String text = head.getString(0, length, StandardCharsets.ISO_8859_1.name()).stripLeading();
    int end = text.indexOf('\n');
    return end > 2 && text.startsWith("--")
        ? Optional.of(text.substring(2, end).strip()).filter(BoundaryParameter::isUsable)
        : Optional.empty();
  }

  private static MultipartException noBoundary() {
    return new MultipartException(
        "no boundary: neither the Content-Type names one nor does the body start with a line"
            + " '--NAME'; send Content-Type: multipart/x-mixed-replace; boundary=NAME");
  }
}
