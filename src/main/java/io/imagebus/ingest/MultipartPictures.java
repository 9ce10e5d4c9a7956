package io.imagebus.ingest;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;

/*
 * The body of a motion-JPEG stream (RFC 2046, 5.1, as senders really write it):
 *
 *   preamble --boundary CRLF headers CRLF CRLF picture CRLF --boundary CRLF headers …
 *
 * What is read by lines (preamble, headers, boundaries) may end them with LF alone. A picture with
 * Content-Length is taken by count and must be followed by a boundary; one without ends at the line
 * end before the next boundary, which is looked for while the bytes come in. Either way no byte is
 * looked at twice, however small the pieces are, and no more is held than one picture.
 */
/**
 * Parses an endless {@code multipart/x-mixed-replace} body that arrives in pieces of any length
 * into pictures. Owned by one event loop. Not thread-safe. After an exception or {@link #end} it
 * takes no more.
 */
public final class MultipartPictures {
  private static final int MAX_PREAMBLE_BYTES = 64 * 1024;
  private static final int MAX_HEADER_BYTES = 8 * 1024;
  private static final int MAX_BOUNDARY_LINE_BYTES = 1024;
  private static final int MAX_UPFRONT_BYTES = 64 * 1024;

  private enum State {
    PREAMBLE,
    HEADERS,
    COUNTED_BODY,
    OPEN_BODY,
    AFTER_BODY,
    EPILOGUE,
    ENDED
  }

  private final String boundary;
  private final int maxPictureBytes;
  private final Consumer<Part> parts;

  private State state = State.PREAMBLE;
  private final BoundedLines lines = new BoundedLines();
  private String strayBoundary = "";
  private Delimiter delimiter;
  private BoundarySearch search;
  private PartHeaders headers = new PartHeaders();
  private Buffer body = Buffer.buffer();
  private int bodyBytesLeft;

  /**
   * @param boundary the parameter of the request's {@code Content-Type}
   * @param maxPictureBytes longest picture; a longer one ends the stream ({@code frames.max-bytes})
   * @param parts gets each picture as soon as it is complete, in order
   */
  public MultipartPictures(String boundary, int maxPictureBytes, Consumer<Part> parts) {
    if (!BoundaryParameter.isUsable(boundary)) {
      throw new IllegalArgumentException("boundary '" + boundary + "'");
    }
    this.boundary = boundary;
    this.maxPictureBytes = maxPictureBytes;
    this.parts = parts;
    delimiter = new Delimiter("--" + boundary);
    search = new BoundarySearch(delimiter.text());
  }

  /** The usable boundary of a {@code Content-Type}, quoted or not; empty if it is not multipart. */
  public static Optional<String> boundaryOf(String contentType) {
    return BoundaryParameter.of(contentType);
  }

  /** Takes the next piece of the body. */
  public void feed(Buffer data) throws MultipartException {
    byte[] bytes = data.getBytes();
    int at = 0;
    try {
      while (at < bytes.length) {
        at = step(bytes, at);
      }
    } catch (MultipartException e) {
      state = State.ENDED;
      throw e;
    }
  }

  /**
   * The body is over. A picture without {@code Content-Length} is handed on as far as it came: only
   * a look into it tells whether it is whole.
   */
  public void end() throws MultipartException {
    State last = state;
    state = State.ENDED;
    if (last == State.PREAMBLE) {
      throw MultipartException.noBoundary(boundary, lines.sectionBytes(), strayBoundary);
    }
    if (last == State.HEADERS && lines.sectionBytes() > 0) {
      throw MultipartException.headersCutShort();
    }
    if (last == State.COUNTED_BODY) {
      throw MultipartException.pictureCutShort(body.length(), body.length() + bodyBytesLeft);
    }
    if (last == State.OPEN_BODY && body.length() > 0) {
      deliver(body.length());
    }
  }

  private int step(byte[] bytes, int at) throws MultipartException {
    return switch (state) {
      case PREAMBLE, HEADERS, AFTER_BODY -> readLine(bytes, at);
      case COUNTED_BODY -> countedBody(bytes, at);
      case OPEN_BODY -> openBody(bytes, at);
      case EPILOGUE -> bytes.length;
      case ENDED -> throw new IllegalStateException("the body is over");
    };
  }

  private int readLine(byte[] bytes, int at) throws MultipartException {
    int next = lines.read(bytes, at, maxSectionBytes());
    if (next < 0) {
      throw sectionTooLong();
    }
    Optional<String> line = lines.take();
    if (line.isPresent()) {
      takeLine(line.get());
    }
    return next;
  }

  private void takeLine(String read) throws MultipartException {
    switch (state) {
      case PREAMBLE -> preambleLine(read);
      case HEADERS -> headerLine(read);
      default -> boundaryLine(read);
    }
  }

  private void preambleLine(String read) {
    Optional<Delimiter> inUse = Delimiter.inUse(boundary, read);
    if (inUse.isPresent()) {
      delimiter = inUse.get();
      search = new BoundarySearch(delimiter.text());
      afterBoundary(delimiter.kindOf(read));
    } else if (strayBoundary.isEmpty() && read.startsWith("--") && read.length() > 2) {
      strayBoundary = read;
    }
  }

  private void headerLine(String read) throws MultipartException {
    if (!read.isEmpty()) {
      headers.add(read);
    } else if (headers.contentLengthBytes().isPresent()) {
      beginCountedBody(headers.contentLengthBytes().getAsLong());
    } else {
      search.beginAfterLineFeed();
      state = State.OPEN_BODY;
    }
  }

  private void beginCountedBody(long lengthBytes) throws MultipartException {
    if (lengthBytes > maxPictureBytes) {
      throw MultipartException.pictureTooLarge(lengthBytes, maxPictureBytes);
    }
    bodyBytesLeft = (int) lengthBytes;
    body = Buffer.buffer(Math.min(bodyBytesLeft, MAX_UPFRONT_BYTES));
    state = State.COUNTED_BODY;
    if (bodyBytesLeft == 0) {
      countedBody(new byte[0], 0);
    }
  }

  private void boundaryLine(String read) throws MultipartException {
    Delimiter.Line kind = delimiter.kindOf(read);
    if (kind != Delimiter.Line.OTHER) {
      afterBoundary(kind);
    } else if (!read.isBlank()) {
      throw MultipartException.noBoundaryAfterPicture(delimiter, headers);
    }
  }

  private void afterBoundary(Delimiter.Line kind) {
    headers = new PartHeaders();
    enter(kind == Delimiter.Line.PART ? State.HEADERS : State.EPILOGUE, "");
  }

  private int countedBody(byte[] bytes, int at) throws MultipartException {
    int count = Math.min(bodyBytesLeft, bytes.length - at);
    body.appendBytes(bytes, at, count);
    bodyBytesLeft -= count;
    if (bodyBytesLeft == 0) {
      enter(State.AFTER_BODY, "");
      deliver(body.length());
    }
    return at + count;
  }

  private int openBody(byte[] bytes, int at) throws MultipartException {
    int matchEnd = search.endOfMatch(bytes, at);
    int next = matchEnd < 0 ? bytes.length : matchEnd;
    long maxHeldBytes = (long) maxPictureBytes + 1 + search.patternBytes();
    if (next - at > maxHeldBytes - body.length()) {
      throw MultipartException.pictureTooLarge(maxPictureBytes + 1L, maxPictureBytes);
    }
    body.appendBytes(bytes, at, next - at);
    if (matchEnd >= 0) {
      enter(State.AFTER_BODY, delimiter.text());
      deliver(openBodyBytes());
    }
    return next;
  }

  /** Length of the picture before the boundary that was just found, without its line end. */
  private int openBodyBytes() {
    int pictureBytes = Math.max(0, body.length() - search.patternBytes());
    if (pictureBytes > 0 && body.getByte(pictureBytes - 1) == '\r') {
      pictureBytes--;
    }
    return pictureBytes;
  }

  private void deliver(int pictureBytes) throws MultipartException {
    if (pictureBytes > maxPictureBytes) {
      throw MultipartException.pictureTooLarge(pictureBytes, maxPictureBytes);
    }
    Buffer picture = pictureBytes == body.length() ? body : body.slice(0, pictureBytes);
    body = Buffer.buffer();
    parts.accept(new Part(picture, headers.captureMicros(), headers.contentType()));
  }

  private void enter(State entered, String lineStart) {
    state = entered;
    lines.beginSection(lineStart);
  }

  private int maxSectionBytes() {
    return switch (state) {
      case PREAMBLE -> MAX_PREAMBLE_BYTES;
      case HEADERS -> MAX_HEADER_BYTES;
      default -> MAX_BOUNDARY_LINE_BYTES;
    };
  }

  private MultipartException sectionTooLong() {
    return switch (state) {
      case PREAMBLE -> MultipartException.noBoundary(boundary, MAX_PREAMBLE_BYTES, strayBoundary);
      case HEADERS -> MultipartException.headersTooLong(MAX_HEADER_BYTES);
      default -> MultipartException.noBoundaryAfterPicture(delimiter, headers);
    };
  }
}
