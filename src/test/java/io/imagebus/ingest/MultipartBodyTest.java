package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MultipartBodyTest {

  private static final String AS_FFMPEG_POSTS =
      "--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: 3\r\n\r\nabc\r\n"
          + "--ffmpeg\r\nContent-type: image/jpeg\r\nContent-length: 2\r\n\r\nde\r\n--ffmpeg\r\n";

  private final List<String> pictures = new ArrayList<>();

  private MultipartBody body(Optional<String> boundary) {
    return new MultipartBody(boundary, 1_000, part -> pictures.add(part.body().toString()));
  }

  @Test
  void feed_noBoundaryNamed_isTakenFromTheFirstLine() throws MultipartException {
    body(Optional.empty()).feed(Buffer.buffer(AS_FFMPEG_POSTS));
    assertThat(pictures).containsExactly("abc", "de");
  }

  @Test
  void feed_byteByByte_findsTheSamePictures() throws MultipartException {
    MultipartBody body = body(Optional.empty());
    for (char c : ("\r\n" + AS_FFMPEG_POSTS).toCharArray()) {
      body.feed(Buffer.buffer(String.valueOf(c)));
    }
    assertThat(pictures).containsExactly("abc", "de");
  }

  @Test
  void feed_boundaryNamed_isNotLookedForInTheBody() throws MultipartException {
    body(Optional.of("x")).feed(Buffer.buffer("--x\r\nContent-Length: 1\r\n\r\na\r\n--x\r\n"));
    assertThat(pictures).containsExactly("a");
  }

  @Test
  void feed_neitherNamedNorInTheBody_failsAfterTheLongestFirstLine() {
    MultipartBody body = body(Optional.empty());
    assertThatThrownBy(() -> body.feed(Buffer.buffer("x".repeat(300))))
        .isInstanceOf(MultipartException.class)
        .hasMessageContaining("boundary=NAME");
  }

  @Test
  void end_emptyBody_saysWhatIsMissing() {
    assertThatThrownBy(() -> body(Optional.empty()).end())
        .isInstanceOf(MultipartException.class)
        .hasMessageContaining("no boundary");
  }
}
