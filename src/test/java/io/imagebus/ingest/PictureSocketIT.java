package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.frame.StreamId;
import io.imagebus.image.Pictures;
import io.imagebus.ingest.TestPublisher.Close;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSocketIT {

  private static final byte[] PICTURE = Pictures.baselineJpeg(600, 400);

  private Vertx vertx;
  private IngestEdge edge;
  private Bystander bystander;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    edge = IngestEdge.start(vertx);
    bystander = new Bystander(edge);
  }

  @AfterEach
  void stop() throws Exception {
    IngestEdge.await(vertx.close());
  }

  @Test
  void pictures_overASocket_arriveInOneStreamThatEndsWithIt() throws Exception {
    TestPublisher pictures = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    for (int i = 0; i < 5; i++) {
      pictures.send(PICTURE);
    }
    pictures.close();
    await().until(() -> edge.events().stream().anyMatch(Ended.class::isInstance));
    assertThat(bystander.framesOfOthers()).hasSize(5);
    assertThat(bystander.framesOfOthers().stream().map(StreamEvent::stream).distinct()).hasSize(1);
    bystander.assertUndisturbed();
  }

  @ParameterizedTest
  @CsvSource({"huge, 1009, is 3", "text, 1003, not as a JPEG", "message, 1003, one binary message"})
  void pictures_whatCannotBeOne_closesTheSocketWithAReason(String what, int code, String reason)
      throws Exception {
    TestPublisher pictures = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    switch (what) {
      case "huge" -> pictures.trySend(BadPictures.huge());
      case "text" -> pictures.send("hello".getBytes(StandardCharsets.UTF_8));
      default -> pictures.send("hello");
    }
    assertThat(pictures.closed().code()).isEqualTo(code);
    assertThat(pictures.closed().reason()).contains(reason);
    bystander.assertUndisturbed();
  }

  @Test
  void pictures_oneThatIsTruncated_isRejectedAndTheNextPasses() throws Exception {
    TestPublisher pictures = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    pictures.send(BadPictures.truncated());
    assertThat(pictures.next("rejected").getString("code")).isEqualTo("truncated");
    pictures.send(PICTURE);
    await().until(() -> bystander.framesOfOthers().size() == 1);
    pictures.abort();
    bystander.assertUndisturbed();
  }

  @Test
  void pictures_aboveThePictureLimit_closeWith1009AndTheLimit() throws Exception {
    TestPublisher pictures = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    pictures.trySend(BadPictures.tooLong());
    assertThat(pictures.closed().code()).isEqualTo(1009);
    assertThat(pictures.closed().reason()).contains("frames.max-bytes");
    bystander.assertUndisturbed();
  }

  @Test
  void pictures_aboveTheMessageLimit_closeWith1009AndAReason() throws Exception {
    TestPublisher pictures = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    pictures.sendWithOneByteTooMuch(IngestEdge.MAX_MESSAGE_BYTES);
    assertThat(pictures.closed().code()).isEqualTo(1009);
    assertThat(pictures.closed().reason()).isNotEmpty();
    bystander.assertUndisturbed();
  }

  @Test
  void pictures_newerPublisherOnTheTopic_closesTheOldWith4409AndItDoesNotComeBack()
      throws Exception {
    TestPublisher old = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    old.send(PICTURE);
    await().until(() -> bystander.framesOfOthers().size() == 1);
    TestPublisher newer = TestPublisher.connect(edge.port(), "/ws/publish/cam");
    newer.send(PICTURE);
    for (int i = 0; i < 20 && old.isOpen(); i++) {
      old.trySend(PICTURE);
    }
    assertThat(old.closed())
        .isEqualTo(new Close(4409, "a newer publisher has taken topic cam over"));
    newer.send(PICTURE);
    StreamId first = bystander.framesOfOthers().get(0).stream();
    await()
        .until(
            () ->
                bystander.framesOfOthers().stream().filter(f -> !f.stream().equals(first)).count()
                    == 2);
    assertThat(newer.isOpen()).isTrue();
    newer.abort();
    bystander.assertUndisturbed();
  }
}
