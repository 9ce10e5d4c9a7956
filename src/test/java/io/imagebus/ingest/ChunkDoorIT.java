package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imagebus.bus.AccountFeed;
import io.imagebus.bus.StreamEvent;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Skipped;
import io.imagebus.chunk.ChunkedFrame;
import io.imagebus.chunk.Chunker;
import io.imagebus.chunk.Chunks;
import io.imagebus.frame.SkipReason;
import io.imagebus.frame.StreamId;
import io.imagebus.image.Pictures;
import io.imagebus.ingest.TestPublisher.Close;
import io.imagebus.sequence.AccountLine;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkDoorIT {

  private static final byte[] PICTURE = Pictures.baselineJpeg(600, 400);

  private Vertx vertx;
  private IngestEdge edge;
  private Bystander bystander;
  private TestPublisher publisher;
  private final Map<Chunker, StreamId> streams = new IdentityHashMap<>();

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx();
    edge = IngestEdge.start(vertx);
    bystander = new Bystander(edge);
    publisher = TestPublisher.connect(edge.port(), "/ws");
  }

  @AfterEach
  void stop() throws Exception {
    publisher.abort();
    IngestEdge.await(vertx.close());
  }

  @Test
  void publish_framesSkipsHeartbeatsAndEnd_goThroughWithTheirNumbers() throws Exception {
    Chunker chunker = publish("gate");
    StreamId stream = streamOf(chunker);
    ChunkedFrame first = send(chunker);
    assertThat(first.chunks()).as("a frame of several chunks").hasSizeGreaterThan(1);
    assertThat(publisher.next("accepted").getLong("frame")).isZero();
    long from = chunker.nextSequence();
    chunker.skip(PICTURE.length);
    publisher.send(
        about("skip", stream)
            .put("from", from)
            .put("to", chunker.nextSequence() - 1)
            .put("frames", 1)
            .put("total", chunker.nextSequence() - from));
    ChunkedFrame third = send(chunker);
    publisher.send(
        about("heartbeat", stream)
            .put("next", chunker.nextSequence())
            .put("total", chunker.nextSequence() - from));
    assertThat(publisher.next("accepted").getLong("frame")).isEqualTo(2);
    publisher.send(about("end", stream).put("next", chunker.nextSequence()));
    JsonObject ended = publisher.next("ended");
    assertThat(ended.getString("stream")).isEqualTo(stream.toString());
    assertThat(ended.getString("why")).isEqualTo("publisher-gone");

    await().until(() -> heard(stream, Ended.class).size() == 1);
    assertThat(heard(stream, Arrived.class))
        .extracting(arrived -> arrived.frame().firstSequence())
        .containsExactly(0L, third.firstSequence());
    assertThat(heard(stream, Skipped.class))
        .singleElement()
        .satisfies(skip -> assertThat(skip.reason()).isEqualTo(SkipReason.PUBLISHER));
    assertThat(heard(stream, Ended.class).get(0).nextSequence()).isEqualTo(chunker.nextSequence());
    bystander.assertUndisturbed();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 9, chunk version 9 is not known; this node speaks version 1",
    "28, 2, 700, is not below the chunk count",
    "30, 2, 0, chunk count is 0; a frame has at least one chunk",
    "40, 4, 2000000, a frame has at most 262144 bytes (frames.max-bytes)",
  })
  void chunk_badField_isRefusedInWordsAndTheNextFramePasses(
      int at, int bytes, long value, String why) throws Exception {
    Chunker chunker = publish("gate");
    byte[] bad = chunker.cut(PICTURE, 1).chunks().get(0).bytes();
    publisher.send(Chunks.patched(bad, at, bytes, value));
    JsonObject error = publisher.next("error");
    assertThat(error.getString("code")).isEqualTo("bad-chunk");
    assertThat(error.getString("message")).contains(why);
    assertGoesOn(chunker);
  }

  @Test
  void chunk_badHeaderChecksum_isRefusedInWordsAndTheNextFramePasses() throws Exception {
    Chunker chunker = publish("gate");
    byte[] bad = chunker.cut(PICTURE, 1).chunks().get(0).bytes().clone();
    bad[13] ^= 1;
    publisher.send(bad);
    JsonObject error = publisher.next("error");
    assertThat(error.getString("code")).isEqualTo("bad-chunk");
    assertThat(error.getString("message")).contains("checksum (CRC32C of bytes 0-47)");
    assertGoesOn(chunker);
  }

  @Test
  void chunk_badPayloadChecksum_isNamedAndTheNextFramePasses() throws Exception {
    Chunker chunker = publish("gate");
    byte[] bad = chunker.cut(PICTURE, 1).chunks().get(0).bytes().clone();
    bad[100] ^= 1;
    publisher.send(bad);
    JsonObject error = publisher.next("error");
    assertThat(error.getString("code")).isEqualTo("corrupt-chunk");
    assertThat(error.getString("message"))
        .isEqualTo("the payload of chunk 0 does not match its CRC32C");
    assertThat(error.getLong("frame")).isZero();
    assertGoesOn(chunker);
  }

  @Test
  void chunk_shorterThanItsHeader_isRefused() throws Exception {
    Chunker chunker = publish("gate");
    publisher.send(new byte[] {1, 2, 3});
    assertThat(publisher.next("error").getString("message"))
        .isEqualTo("a chunk has at least 52 bytes, this one 3");
    assertGoesOn(chunker);
  }

  @Test
  void chunk_longerThanAllowed_isRefused() throws Exception {
    Chunker chunker = publish("gate");
    Chunker coarse = new Chunker(streamOf(chunker), 2 * IngestEdge.CHUNK_BYTES);
    publisher.send(coarse.cut(new byte[2 * IngestEdge.CHUNK_BYTES], 1).chunks().get(0).bytes());
    assertThat(publisher.next("error").getString("code")).isEqualTo("chunk-too-long");
    coarse.skip(1);
    chunker.skip(1);
    assertGoesOn(chunker);
  }

  @Test
  void chunk_ofAnotherStream_isRefused() throws Exception {
    Chunker chunker = publish("gate");
    publisher.send(new Chunker(new StreamId(1234), 1_000).cut(PICTURE, 1).chunks().get(0).bytes());
    JsonObject error = publisher.next("error");
    assertThat(error.getString("code")).isEqualTo("unknown-stream");
    assertThat(error.getString("message")).contains("00000000000004d2", "send publish first");
    assertGoesOn(chunker);
  }

  @Test
  void frames_neverFinished_delayNothingAndAreAnnouncedAsIncomplete() throws Exception {
    Chunker chunker = publish("gate");
    for (int i = 0; i < 200; i++) {
      publisher.send(chunker.cut(PICTURE, 1).chunks().get(0).bytes());
    }
    assertGoesOn(chunker);
    assertThat(heard(streamOf(chunker), Skipped.class))
        .isNotEmpty()
        .allSatisfy(skip -> assertThat(skip.reason()).isEqualTo(SkipReason.INCOMPLETE));
  }

  @Test
  void frame_thatIsNoPicture_isRejectedWithItsNumber() throws Exception {
    Chunker chunker = publish("gate");
    chunker
        .cut(BadPictures.truncated(), 1)
        .chunks()
        .forEach(chunk -> publisher.trySend(chunk.bytes()));
    JsonObject rejected = publisher.next("rejected");
    assertThat(rejected.getString("code")).isEqualTo("truncated");
    assertThat(rejected.getLong("frame")).isZero();
    chunker.cut(BadPictures.huge(), 1).chunks().forEach(chunk -> publisher.trySend(chunk.bytes()));
    assertThat(publisher.next("rejected").getString("code")).isEqualTo("too-many-pixels");
    assertGoesOn(chunker);
    assertThat(heard(streamOf(chunker), Skipped.class))
        .allSatisfy(skip -> assertThat(skip.reason()).isEqualTo(SkipReason.REJECTED));
  }

  @ParameterizedTest
  @CsvSource({
    "site/+, has a wildcard",
    "site/#, has a wildcard",
    "site//gate, has an empty level",
    "'', topic is empty",
    "LONG, has 300 bytes; at most 255 are allowed",
    "a\u0007b, has the control character U+0007 at position 1",
    "a\uFFFDb, is not valid UTF-8",
  })
  void publish_badTopic_isRefusedInWordsByItsId(String topic, String why) throws Exception {
    String name = topic.equals("LONG") ? "a".repeat(300) : topic;
    publisher.send(new JsonObject().put("type", "publish").put("id", 77).put("topic", name));
    JsonObject error = publisher.next("error");
    assertThat(error.getString("code")).isEqualTo("bad-message");
    assertThat(error.getInteger("id")).isEqualTo(77);
    assertThat(error.getString("message")).contains(why);
    assertGoesOn(publish("gate"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'publish'} | bad-message | publish needs the text 'topic'",
        "{'type':'publish','topic':7} | bad-message | publish needs the text 'topic'",
        "{'type':'publish','topic':'a','contentType':'image/gif'} | bad-message | is not image/jpeg",
        "{'type':'publish','topic':'a','contentType':5} | bad-message | needs the text 'contentType'",
        "{'type':'skip','stream':'zz'} | bad-message | is not 16 hexadecimal digits",
        "{'type':'skip','stream':'00000000000000aa'} | unknown-stream | send publish first",
        "{'type':'end'} | bad-message | end needs the text 'stream'",
        "{'type':'dance'} | unknown-type | control type dance is not one of",
        "{} | unknown-type | control type null is not one of",
        "{'type':5} | unknown-type | control type 5 is not one of",
      })
  void control_badMessage_isRefusedInWordsAndTheSocketStays(String message, String code, String why)
      throws Exception {
    Chunker chunker = publish("gate");
    publisher.send(message.replace('\'', '"'));
    JsonObject error = publisher.next("error");
    assertThat(error.getString("code")).isEqualTo(code);
    assertThat(error.getString("message")).contains(why);
    assertGoesOn(chunker);
  }

  @ParameterizedTest
  @CsvSource({"0, 5000000, 1, 0", "5, 4, 1, 0", "0, 4, 6, 0", "0, 4, -1, 0"})
  void skip_thatCannotBe_isRefused(long from, long to, long frames, long total) throws Exception {
    Chunker chunker = publish("gate");
    publisher.send(
        about("skip", streamOf(chunker))
            .put("from", from)
            .put("to", to)
            .put("frames", frames)
            .put("total", total));
    assertThat(publisher.next("error").getString("message")).contains("numbers at a time");
    assertGoesOn(chunker);
  }

  @ParameterizedTest
  @CsvSource({"hello", "[1]", "{", "7", "{\"type\":"})
  void text_thatIsNoJsonObject_closesWith4400(String text) throws Exception {
    publish("gate");
    publisher.send(text);
    assertThat(publisher.next("error").getString("code")).isEqualTo("bad-json");
    assertThat(publisher.closed()).isEqualTo(new Close(4400, "text that is not a JSON object"));
    bystander.assertUndisturbed();
  }

  @Test
  void text_aboveTheMessageLimit_closesWith1009AndAReason() throws Exception {
    Chunker chunker = publish("gate");
    publisher.sendTextWithOneByteTooMuch(IngestEdge.MAX_MESSAGE_BYTES);
    Close close = publisher.closed();
    assertThat(close.code()).isEqualTo(1009);
    assertThat(close.reason()).isNotEmpty();
    assertThat(heard(streamOf(chunker), Arrived.class)).isEmpty();
    await().until(() -> heard(streamOf(chunker), Ended.class).size() == 1);
    bystander.assertUndisturbed();
  }

  @Test
  void text_aboveTheControlLimit_closesWith1009AndTheLimit() throws Exception {
    publisher.trySend(new JsonObject().put("type", "x".repeat(70_000)));
    Close close = publisher.closed();
    assertThat(close.code()).isEqualTo(1009);
    assertThat(close.reason()).contains("the limit is 65536");
    bystander.assertUndisturbed();
  }

  @Test
  void publish_secondPublisherOnTheTopic_theNewestTakesOverAndTheOldIsTold() throws Exception {
    List<AccountLine> lines = new CopyOnWriteArrayList<>();
    AccountFeed.listen(vertx, account -> lines.addAll(account.lines()));
    Chunker old = publish("gate");
    send(old);
    TestPublisher newer = TestPublisher.connect(edge.port(), "/ws");
    newer.send(new JsonObject().put("type", "publish").put("id", 1).put("topic", "gate"));
    StreamId newStream = StreamId.parse(newer.next("published").getString("stream"));

    JsonObject ended = publisher.next("ended");
    assertThat(ended.getString("stream")).isEqualTo(streamOf(old).toString());
    assertThat(ended.getString("why")).isEqualTo("replaced");
    assertThat(ended.getString("message")).isEqualTo("a newer publisher has taken topic gate over");
    publisher.send(old.cut(PICTURE, 1).chunks().get(0).bytes());
    assertThat(publisher.next("error").getString("code")).isEqualTo("unknown-stream");
    assertThat(publisher.isOpen()).as("the socket may have other topics").isTrue();
    await().until(() -> lines.stream().anyMatch(line -> line.counts().stale() == 1));
    assertThat(heard(streamOf(old), Ended.class))
        .singleElement()
        .satisfies(end -> assertThat(end.why()).isEqualTo(EndReason.REPLACED));
    Chunker chunker = new Chunker(newStream, IngestEdge.CHUNK_BYTES);
    for (var chunk : chunker.cut(PICTURE, 1).chunks()) {
      newer.send(chunk.bytes());
    }
    await().until(() -> heard(newStream, Arrived.class).size() == 1);
    newer.abort();
    bystander.assertUndisturbed();
  }

  @Test
  void socket_cutInAFrame_endsItsStreams() throws Exception {
    Chunker chunker = publish("gate");
    publisher.send(chunker.cut(PICTURE, 1).chunks().get(0).bytes());
    publisher.abort();
    await().until(() -> heard(streamOf(chunker), Ended.class).size() == 1);
    assertThat(heard(streamOf(chunker), Ended.class).get(0).why())
        .isEqualTo(EndReason.PUBLISHER_GONE);
    bystander.assertUndisturbed();
  }

  private Chunker publish(String topic) throws Exception {
    publisher.send(new JsonObject().put("type", "publish").put("id", 7).put("topic", topic));
    JsonObject published = publisher.next("published");
    assertThat(published.getInteger("id")).isEqualTo(7);
    StreamId stream = StreamId.parse(published.getString("stream"));
    Chunker chunker = new Chunker(stream, IngestEdge.CHUNK_BYTES);
    streams.put(chunker, stream);
    return chunker;
  }

  private StreamId streamOf(Chunker chunker) {
    return streams.get(chunker);
  }

  private ChunkedFrame send(Chunker chunker) throws Exception {
    ChunkedFrame frame = chunker.cut(PICTURE, 1);
    for (var chunk : frame.chunks()) {
      publisher.send(chunk.bytes());
    }
    return frame;
  }

  private void assertGoesOn(Chunker chunker) throws Exception {
    StreamId stream = streamOf(chunker);
    int before = heard(stream, Arrived.class).size();
    send(chunker);
    await().until(() -> heard(stream, Arrived.class).size() == before + 1);
    assertThat(publisher.isOpen()).isTrue();
    bystander.assertUndisturbed();
  }

  private static JsonObject about(String type, StreamId stream) {
    return new JsonObject().put("type", type).put("stream", stream.toString());
  }

  private <E extends StreamEvent> List<E> heard(StreamId stream, Class<E> type) {
    return edge.events().stream()
        .filter(event -> event.stream().equals(stream) && type.isInstance(event))
        .map(type::cast)
        .toList();
  }
}
