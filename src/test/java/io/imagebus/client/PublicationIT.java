package io.imagebus.client;

import static io.imagebus.client.ClientFixture.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicationIT {

  private static final Topic TOPIC = new Topic("site/gate");

  private final ClientFixture fixture = new ClientFixture();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private ServerDouble server;
  private BusClient client;
  private Publication publication;

  private final PublicationListener listener =
      new PublicationListener() {
        @Override
        public void onRejected(String code, String message) {
          told.add(code);
        }

        @Override
        public void onFailed(String why) {
          told.add(why);
        }
      };

  @BeforeEach
  void connect() {
    server = ServerDouble.start(fixture.vertx);
    client = fixture.connected(server.url());
    publication = fixture.loop.call(() -> client.publish(TOPIC, ImageFormat.JPEG, listener));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void publish(int pictures, int bytes) {
    fixture.loop.run(
        () -> {
          for (int i = 0; i < pictures; i++) {
            publication.publish(new byte[bytes], 1_000_000L + i);
            assertThat(publication.counts()).matches(PublicationCounts::holdsIdentity);
          }
        });
  }

  private PublicationCounts counts() {
    return fixture.loop.call(publication::counts);
  }

  private PublicationCounts end() {
    Future<PublicationCounts> ended = fixture.loop.call(publication::end);
    return ended.await();
  }

  @Test
  void publish_serverAccepts_picturesArriveInChunksAndAreCounted() {
    publish(1, 2_500);
    soon().until(() -> counts().accepted() == 1);
    publish(1, 10);
    PublicationCounts counts = end();

    assertThat(counts.accepted()).isEqualTo(2);
    assertThat(counts.sentBytes()).isEqualTo(2_510);
    assertThat(server.frames()).hasSize(2);
    assertThat(server.frames().get(0).chunks()).hasSize(3);
    assertThat(server.frames().get(0).firstSequence()).isZero();
    assertThat(server.frames().get(1).firstSequence()).isEqualTo(3);
    assertThat(server.frames().get(1).captureMicros()).isEqualTo(1_000_000L);
    assertThat(server.heard("end")).hasSize(1);
    assertThat(server.heard("end").get(0).getLong("next")).isEqualTo(4);
  }

  @Test
  void publish_serverAnswersNothing_newestWaitsAndOlderAreAnnouncedAsSkipped() {
    server.accept(false);
    publish(1, 10);
    soon().until(() -> server.frames().size() == 1);
    publish(200, 1_500);
    soon().until(() -> counts().underWay() == 64);
    publish(1, 777);

    assertThat(counts().waiting()).isEqualTo(1);
    long dropped = counts().dropped();
    assertThat(dropped).isPositive();
    server.accept(true);
    soon().until(() -> counts().waiting() == 0);
    PublicationCounts counts = end();

    assertThat(counts).matches(PublicationCounts::holdsIdentity);
    assertThat(counts.accepted()).isEqualTo(counts.sent());
    assertThat(counts.offered()).isEqualTo(202);
    assertThat(server.frames().get(server.frames().size() - 1).pictureBytes()).isEqualTo(777);
    assertThat(server.heard("skip")).hasSize((int) dropped);
    assertThat(server.counts().lost()).isZero();
    assertThat(server.counts().pending()).isZero();
    assertThat(server.counts().skipped()).isEqualTo(2 * dropped);
  }

  @Test
  void publish_clientOnline_listenerHearsNothingBeforeThePublicationIsHandedOut() {
    List<String> early = new CopyOnWriteArrayList<>();
    fixture.loop.run(
        () -> {
          Publication other =
              client.publish(
                  new Topic("other"),
                  ImageFormat.JPEG,
                  new PublicationListener() {
                    @Override
                    public void onReady() {
                      early.add("ready");
                    }
                  });
          assertThat(other.isReady()).isTrue();
        });

    assertThat(early).isEmpty();
  }

  @Test
  void publish_serverRejects_countedAndTold() {
    server.reject(true);
    publish(1, 10);

    soon().until(() -> counts().rejected() == 1);
    assertThat(told).containsExactly("not-a-picture");
    assertThat(counts().underWay()).isZero();
  }

  @Test
  void publish_pictureOverTheLimit_isNotSent() {
    publish(1, ServerDouble.FRAME_BYTES + 1);

    soon().until(() -> counts().refused() == 1);
    assertThat(told).containsExactly("too-big");
    assertThat(server.frames()).isEmpty();
  }

  @Test
  void publish_topicForbidden_failsWithTheServersWords() {
    Publication forbidden =
        fixture.loop.call(
            () -> client.publish(new Topic("forbidden/x"), ImageFormat.JPEG, listener));
    fixture.loop.run(() -> forbidden.publish(new byte[1], 0));

    soon().until(() -> fixture.loop.call(forbidden::state) == PublicationState.FAILED);
    assertThat(told).containsExactly("you may not publish here");
  }

  @Test
  void heartbeat_nothingPublished_comesWithinASecond() {
    publish(1, 10);
    soon().until(() -> server.heard("heartbeat").size() >= 2);

    JsonObject beat = server.heard("heartbeat").get(0);
    assertThat(beat.getLong("next")).isEqualTo(1);
    assertThat(beat.getLong("total")).isZero();
  }

  @Test
  void connectionLost_pictureGivenMeanwhile_goesOnAsNewStream() {
    publish(1, 10);
    soon().until(() -> counts().accepted() == 1);
    server.closeAll(1012, "restart");
    soon().until(() -> fixture.states.contains(ConnectionState.WAITING));
    publish(3, 20);
    soon().until(() -> counts().accepted() >= 2);

    assertThat(server.streamsPublished()).isEqualTo(2);
    assertThat(server.frames().get(1).firstSequence()).isZero();
    assertThat(server.counts().lost()).isZero();
    assertThat(counts()).matches(PublicationCounts::holdsIdentity);
  }

  @Test
  void connectionLost_picturesUnanswered_areUnconfirmed() {
    server.accept(false);
    publish(1, 10);
    soon().until(() -> counts().underWay() == 1);
    server.closeAll(1011, "");

    soon().until(() -> counts().unconfirmed() == 1);
    assertThat(counts().underWay()).isZero();
  }

  @Test
  void ended_replacedByNewerPublisher_stopsAndTells() {
    publish(1, 10);
    soon().until(() -> counts().accepted() == 1);
    server.toAll(
        ServerDouble.about(server.frames().get(0).stream(), "ended")
            .put("next", 1)
            .put("why", "replaced"));

    soon().until(() -> fixture.loop.call(publication::state) == PublicationState.FAILED);
    publish(1, 10);
    assertThat(told).containsExactly(Publication.REPLACED);
    assertThat(server.streamsPublished()).isEqualTo(1);
    assertThat(counts().dropped()).isEqualTo(1);
  }

  @Test
  void ended_idle_nextPictureOpensAnotherStream() {
    publish(1, 10);
    soon().until(() -> counts().accepted() == 1);
    server.toAll(
        ServerDouble.about(server.frames().get(0).stream(), "ended")
            .put("next", 1)
            .put("why", "idle"));
    soon().until(() -> fixture.loop.call(publication::state) == PublicationState.UNOPENED);
    publish(1, 10);

    soon().until(() -> counts().accepted() == 2);
    assertThat(server.streamsPublished()).isEqualTo(2);
  }

  @Test
  void end_nothingPublished_endsAtOnce() {
    assertThat(end()).isEqualTo(PublicationCounts.NONE);
  }

  @Test
  void end_connectionLostBeforeConfirmation_endsWithUnconfirmedPictures() {
    server.accept(false);
    publish(2, 10);
    soon().until(() -> counts().underWay() > 0);
    Future<PublicationCounts> ended = fixture.loop.call(publication::end);
    soon().until(() -> !server.heard("end").isEmpty());
    server.closeAll(1011, "");

    assertThat(ended.await().unconfirmed()).isPositive();
  }
}
