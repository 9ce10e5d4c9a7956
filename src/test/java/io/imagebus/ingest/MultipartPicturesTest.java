package io.imagebus.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MultipartPicturesTest {
  private static final int MAX_PICTURE_BYTES = 1 << 20;
  private static final String COUNTED =
      "--b\r\nContent-type: image/jpeg\r\nContent-length: 5\r\n\r\nAB\r\n-\r\n"
          + "--b\r\nContent-Type: image/png\r\nContent-Length: 3\r\n\r\nCDE\r\n--b--\r\n";
  private static final String OPEN =
      "preamble\r\n--b\r\nX-Timestamp: 12.5\r\n\r\nAB\r\n--\r\n\r\n--b\r\n\r\nC\n--x\r\n--b--\r\nend";
  private static final String LINE_FEEDS =
      "\n--b \nContent-Length: 2\n\nAB\n--b\nContent-Type: image/jpeg\n\nCD\n--b\n";

  @Test
  void feed_countedParts_areCutByLengthAtEverySplit() throws Exception {
    assertEverySplit(COUNTED, "AB\r\n-", "CDE");
  }

  @Test
  void feed_partsWithoutLength_endBeforeTheBoundaryAtEverySplit() throws Exception {
    assertEverySplit(OPEN, "AB\r\n--\r\n", "C\n--x");
  }

  @Test
  void feed_lineFeedsAlone_areTakenAtEverySplit() throws Exception {
    assertEverySplit(LINE_FEEDS, "AB", "CD");
  }

  @Test
  void feed_randomSplits_giveTheSamePictures() throws Exception {
    long seed = System.nanoTime();
    System.out.println("feed_randomSplits_giveTheSamePictures seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<byte[]> pictures = new ArrayList<>();
      Buffer body = Buffer.buffer();
      for (int i = 0; i < 1 + random.nextInt(5); i++) {
        byte[] picture = new byte[random.nextInt(3000)];
        random.nextBytes(picture);
        pictures.add(picture);
        String length =
            random.nextBoolean() ? "Content-Length: " + picture.length + "\r\n" : "X-Other: 1\r\n";
        body.appendString("--frame-41\r\n" + length + "\r\n").appendBytes(picture);
        body.appendString("\r\n");
      }
      body.appendString("--frame-41\r\n");
      List<Part> parts = new ArrayList<>();
      MultipartPictures parser = new MultipartPictures("frame-41", MAX_PICTURE_BYTES, parts::add);
      for (int at = 0; at < body.length(); ) {
        int next = Math.min(body.length(), at + 1 + random.nextInt(700));
        parser.feed(body.slice(at, next));
        at = next;
      }
      parser.end();
      assertThat(parts.stream().map(p -> p.body().getBytes()).toArray(byte[][]::new))
          .as("seed %d round %d", seed, round)
          .isDeepEqualTo(pictures.toArray(byte[][]::new));
    }
  }

  @Test
  void feed_headers_becomeTypeAndCaptureTime() throws Exception {
    List<Part> parts =
        parse(
            "b",
            "--b\r\nCONTENT-TYPE: image/webp\r\nX-Timestamp: 1700000000.012345\r\n"
                + "Content-Length:        1\r\n\r\nA\r\n--b\r\n\r\nB\r\n--b");
    assertThat(parts.get(0).contentType()).contains("image/webp");
    assertThat(parts.get(0).captureMicros()).hasValue(1_700_000_000_012_345L);
    assertThat(parts.get(1).contentType()).isEmpty();
    assertThat(parts.get(1).captureMicros()).isEmpty();
  }

  @Test
  void feed_timestampThatIsNone_isLeftOut() throws Exception {
    for (String value :
        List.of("", "-1.5", "soon", "0.000000", "1e9", "123456789012345.1", "1.2.3")) {
      List<Part> parts = parse("b", "--b\r\nX-Timestamp: " + value + "\r\n\r\nA\r\n--b\r\n");
      assertThat(parts).hasSize(1);
      assertThat(parts.get(0).captureMicros()).as(value).isEmpty();
    }
  }

  @Test
  void feed_boundaryParameterWithHyphens_isMetEitherWay() throws Exception {
    assertThat(texts(parse("--b", "--b\r\n\r\nA\r\n--b--\r\n"))).containsExactly("A");
    assertThat(texts(parse("--b", "----b\r\n\r\nA\r\n----b--\r\n"))).containsExactly("A");
  }

  @Test
  void feed_emptyParts_areHandedOnEmpty() throws Exception {
    assertThat(texts(parse("b", "--b\r\nContent-Length: 0\r\n\r\n\r\n--b\r\n\r\n--b--")))
        .containsExactly("", "");
  }

  @Test
  void feed_lengthThatCountsTheLineEnd_isTolerated() throws Exception {
    assertThat(texts(parse("b", "--b\r\nContent-Length: 3\r\n\r\nA\r\n--b\r\n")))
        .containsExactly("A\r\n");
  }

  @Test
  void feed_pictureInManySmallPieces_takesLinearTime() {
    byte[] picture = new byte[4_000_000];
    Arrays.fill(picture, (byte) '\n');
    for (String header : List.of("", "Content-Length: 4000000\r\n")) {
      List<Part> parts = new ArrayList<>();
      MultipartPictures parser = new MultipartPictures("b", picture.length, parts::add);
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            parser.feed(Buffer.buffer("--b\r\n" + header + "\r\n"));
            Buffer piece = Buffer.buffer(Arrays.copyOf(picture, 8));
            for (int at = 0; at < picture.length; at += 8) {
              parser.feed(piece);
            }
            parser.feed(Buffer.buffer("\r\n--b\r\n"));
          });
      assertThat(parts).hasSize(1);
      assertThat(parts.get(0).body().length()).isEqualTo(picture.length);
    }
  }

  @Test
  void feed_noBoundaryIn64KiB_saysWhatToSend() {
    assertThatThrownBy(() -> parse("ffmpeg", "--other\r\n" + "x".repeat(70_000)))
        .isInstanceOf(MultipartException.class)
        .hasMessageContaining("no boundary '--ffmpeg' in the first 65,536 bytes")
        .hasMessageContaining("'--other'")
        .hasMessageContaining("Content-Type: multipart/x-mixed-replace; boundary=");
  }

  @Test
  void feed_boundaryLongerThanTheParameter_isNoBoundary() {
    assertThatThrownBy(() -> parse("b", "--bc\r\n\r\nA\r\n--bc\r\n"))
        .hasMessageContaining("(it has a line '--bc')");
  }

  @Test
  void feed_endlessHeaders_areRefused() {
    assertThatThrownBy(() -> parse("b", "--b\r\n" + "Name: value\r\n".repeat(700)))
        .hasMessageContaining("8,192 bytes");
  }

  @Test
  void feed_lengthAboveTheLimit_isRefusedBeforeTheBytesCome() {
    assertThatThrownBy(() -> parse("b", "--b\r\nContent-Length: 99999999999\r\n\r\n"))
        .hasMessageContaining("99,999,999,999 bytes")
        .hasMessageContaining("1,048,576 (frames.max-bytes)");
  }

  @Test
  void feed_openPictureAtAndAboveTheLimit_isTakenAndRefused() throws Exception {
    for (String lineEnd : List.of("\r\n", "\n")) {
      String exact = "--b\r\n\r\n" + "x".repeat(MAX_PICTURE_BYTES) + lineEnd + "--b\r\n";
      assertThat(parse("b", exact)).hasSize(1);
      String more = "--b\r\n\r\n" + "x".repeat(MAX_PICTURE_BYTES + 1) + lineEnd + "--b\r\n";
      assertThatThrownBy(() -> parse("b", more)).hasMessageContaining("(frames.max-bytes)");
    }
  }

  @Test
  void feed_lengthThatIsNoNumber_isRefused() {
    assertThatThrownBy(() -> parse("b", "--b\r\nContent-Length: -5\r\n\r\nA"))
        .hasMessageContaining("'-5'");
  }

  @Test
  void feed_lengthTooSmall_isRefusedAfterThePicture() {
    assertThatThrownBy(() -> parse("b", "--b\r\nContent-Length: 2\r\n\r\nABCDE\r\n--b\r\n"))
        .hasMessageContaining("no boundary '--b' after a picture of Content-Length 2");
    assertThatThrownBy(() -> parse("b", "--b\r\nContent-Length: 2\r\n\r\n" + "A".repeat(3000)))
        .hasMessageContaining("send the exact Content-Length or none");
  }

  @Test
  void end_withoutBoundary_isRefused() {
    assertThatThrownBy(() -> parse("b", "")).hasMessageContaining("in the first 0 bytes");
  }

  @Test
  void end_withinACountedPicture_saysHowMuchIsMissing() {
    assertThatThrownBy(() -> parse("b", "--b\r\nContent-Length: 10\r\n\r\nABC"))
        .hasMessageContaining("ends 3 bytes into a picture of 10");
  }

  @Test
  void end_withinHeaders_isRefused() {
    assertThatThrownBy(() -> parse("b", "--b\r\nContent-Le")).hasMessageContaining("headers");
  }

  @Test
  void end_withinAnOpenPicture_handsOnWhatCame() throws Exception {
    assertThat(texts(parse("b", "--b\r\n\r\nABC"))).containsExactly("ABC");
  }

  @Test
  void feed_afterAnException_isAFaultOfTheCaller() {
    MultipartPictures parser = new MultipartPictures("b", 10, part -> {});
    assertThatThrownBy(() -> parser.feed(Buffer.buffer("--b\r\nContent-Length: 11\r\n\r\n")))
        .isInstanceOf(MultipartException.class);
    assertThatThrownBy(() -> parser.feed(Buffer.buffer("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void boundaryOf_usualForms_isTheBoundary() {
    assertThat(MultipartPictures.boundaryOf("multipart/x-mixed-replace;boundary=ffmpeg"))
        .contains("ffmpeg");
    assertThat(
            MultipartPictures.boundaryOf(
                "Multipart/X-Mixed-Replace; a=\"x;\\\"y\"; Boundary=\"a b;c\""))
        .contains("a b;c");
    assertThat(MultipartPictures.boundaryOf("multipart/x-mixed-replace; boundary = --my=b ; q=1"))
        .contains("--my=b");
    assertThat(MultipartPictures.boundaryOf("multipart/mixed; boundary=\"open")).contains("open");
  }

  @Test
  void boundaryOf_unusableForms_isEmpty() {
    List<String> unusable =
        List.of(
            "",
            "image/jpeg",
            "image/jpeg; boundary=b",
            "multipart/x-mixed-replace",
            "multipart/x-mixed-replace; boundary",
            "multipart/x-mixed-replace; boundary=",
            "multipart/x-mixed-replace; boundary=\"\"",
            "multipart/x-mixed-replace; boundary=\"a\nb\"",
            "multipart/x-mixed-replace; boundary=" + "b".repeat(201));
    for (String contentType : unusable) {
      assertThat(MultipartPictures.boundaryOf(contentType)).as(contentType).isEmpty();
    }
  }

  private static void assertEverySplit(String body, String... pictures) throws Exception {
    for (int first = 0; first <= body.length(); first++) {
      for (int second = first; second <= body.length(); second++) {
        List<Part> parts =
            parse(
                "b",
                body.substring(0, first),
                body.substring(first, second),
                body.substring(second));
        assertThat(texts(parts)).as("split at %d and %d", first, second).containsExactly(pictures);
      }
    }
    assertThat(texts(parse("b", body.split("")))).containsExactly(pictures);
  }

  private static List<Part> parse(String boundary, String... pieces) throws MultipartException {
    List<Part> parts = new ArrayList<>();
    MultipartPictures parser = new MultipartPictures(boundary, MAX_PICTURE_BYTES, parts::add);
    for (String piece : pieces) {
      parser.feed(Buffer.buffer(piece.getBytes(ISO_8859_1)));
    }
    parser.end();
    return parts;
  }

  private static List<String> texts(List<Part> parts) {
    return parts.stream().map(part -> new String(part.body().getBytes(), ISO_8859_1)).toList();
  }
}
