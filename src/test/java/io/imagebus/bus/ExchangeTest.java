package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.Neighbourhood.Node;
import io.imagebus.bus.StreamEvent.Arrived;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.sequence.Moment;
import io.imagebus.sequence.SequenceCounts;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long RETENTION_NANOS = 60 * SECOND;

  private final Neighbourhood nodes = Neighbourhood.of(3);
  private final Node publisher = nodes.node(0);
  private final Node display = nodes.node(1);
  private final Node other = nodes.node(2);

  @Test
  void open_wantedElsewhere_isHeardThereFromTheFirstNumber() {
    display.want("site/+");
    StreamInfo info = publisher.open("site/gate");
    assertThat(display.take()).containsExactly(new Opened(info, 0, 0));
    byte[] picture = publisher.publish(info);
    assertThat(display.tookPicture(picture)).isTrue();
    assertThat(other.take()).isEmpty();
    assertThat(publisher.peer(other).outbound().sentFrames()).isZero();
  }

  @Test
  void want_runningStream_getsOpenedAndTheLastFrame() {
    StreamInfo info = publisher.open("site/gate");
    publisher.publish(info);
    byte[] last = publisher.publish(info);
    display.want("site/#");

    assertThat(display.heard).hasSize(2).startsWith(new Opened(info, 2, 0));
    assertThat(display.tookPicture(last)).isTrue();
    assertThat(counts(display, publisher).expected()).as("joining late is no loss").isEqualTo(2);
    assertThat(counts(display, publisher).lost()).isZero();
  }

  @Test
  void want_endedStream_isToldSoBeforeItsLastFrame() {
    StreamInfo info = publisher.open("site/gate");
    publisher.publish(info);
    Ended end = new Ended(info.id(), 2, 0, EndReason.IDLE);
    publisher.publish(end);
    display.want("site/#");
    assertThat(display.heard).startsWith(new Opened(info, 0, 0, false, EndReason.IDLE));
    assertThat(display.heard.get(1)).isInstanceOf(Arrived.class);
    assertThat(display.heard).hasSize(3).endsWith(end);
  }

  @Test
  void want_ownStream_getsItWithoutTheNetwork() {
    StreamInfo info = publisher.open("site/gate");
    byte[] last = publisher.publish(info);
    publisher.want("site/gate");
    assertThat(publisher.tookPicture(last)).isTrue();
  }

  @Test
  void unwant_lastInterest_lingersASecondAndIsThenWithdrawn() {
    display.want("site/gate");
    StreamInfo info = publisher.open("site/gate");
    display.unwant("site/gate");
    nodes.clock.advance(SECOND - 1);
    display.expire(RETENTION_NANOS);
    publisher.publish(info);
    assertThat(publisher.peer(display).outbound().sentFrames()).isEqualTo(1);
    assertThat(display.take()).as("its own stage hears nothing").hasSize(1);

    nodes.clock.advance(1);
    display.expire(RETENTION_NANOS);
    publisher.publish(info);
    assertThat(publisher.peer(display).outbound().sentFrames()).isEqualTo(1);
    assertThat(publisher.peer(display).outbound().lanes()).isZero();
    assertThat(display.exchange.streams().size()).isZero();
  }

  @Test
  void chunks_thatComeAfterTheInterestIsWithdrawn_areNoNews() {
    display.want("site/gate");
    StreamInfo info = publisher.open("site/gate");
    publisher.publish(info);
    display.unwant("site/gate");
    nodes.clock.advance(6 * SECOND);
    nodes.cut(0, 1);
    display.expire(RETENTION_NANOS);
    display.peer(publisher).inbound().forget(TopicKey.of(info), nodes.clock.nanoTime());
    nodes.heal(0, 1);
    publisher.publish(info);

    assertThat(counts(display, publisher).epochs()).isEqualTo(1);
    assertThat(counts(display, publisher).received()).isEqualTo(2);
    assertThat(counts(display, publisher).skipped()).as("unwanted").isEqualTo(2);
  }

  @Test
  void want_againWhileTheInterestLingers_needsNoNewAnnouncement() {
    display.want("site/gate");
    StreamInfo info = publisher.open("site/gate");
    byte[] last = publisher.publish(info);
    display.unwant("site/gate");
    display.take();
    long version = display.exchange.ownDirectory().head().getLong("version");
    display.want("site/gate");
    assertThat(display.exchange.ownDirectory().head().getLong("version")).isEqualTo(version);
    assertThat(display.tookPicture(last)).isTrue();
    nodes.clock.advance(10 * SECOND);
    display.expire(RETENTION_NANOS);
    assertThat(display.tookPicture(publisher.publish(info))).isTrue();
  }

  @Test
  void open_secondPublisherOnTheSameNode_replacesTheFirst() {
    display.want("site/gate");
    StreamInfo first = publisher.open("site/gate");
    publisher.publish(first);
    display.take();
    StreamInfo second = publisher.open("site/gate");

    assertThat(publisher.replaced).containsExactly(first.id());
    assertThat(display.take())
        .containsExactly(new Ended(first.id(), 2, 0, EndReason.REPLACED), new Opened(second, 0, 0));
    publisher.exchange.publish(new Ended(first.id(), 9, 0, EndReason.DRAIN), 0);
    nodes.settle();
    assertThat(display.take()).isEmpty();
    assertThat(publisher.exchange.ownDirectory().streams()).containsOnlyKeys(second.id());
  }

  @Test
  void open_secondPublisherOnAnotherNode_takesTheTopicOver() {
    display.want("site/gate");
    StreamInfo first = publisher.open("site/gate");
    display.take();
    StreamInfo second = other.open("site/gate");

    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(publisher.replaced).containsExactly(first.id());
    assertThat(publisher.exchange.ownDirectory().streams()).isEmpty();
    assertThat(display.take())
        .contains(new Opened(second, 0, 0))
        .satisfiesOnlyOnce(
            event -> assertThat(event).isEqualTo(new Ended(first.id(), 0, 0, EndReason.REPLACED)));
    assertThat(display.tookPicture(other.publish(second))).isTrue();
  }

  @Test
  void heal_bothSidesPublishedATopic_oneRemainsEverywhere() {
    nodes.cut(0, 2);
    StreamInfo one = publisher.open("site/gate");
    StreamInfo two = other.open("site/gate");
    nodes.heal(0, 2);
    publisher.findsAgain(other);
    other.findsAgain(publisher);
    nodes.settle();
    StreamInfo winner = one.replaces(two) ? one : two;
    Node loser = winner == one ? other : publisher;
    assertThat(loser.replaced).hasSize(1);
    assertThat((winner == one ? publisher : other).replaced).isEmpty();
    display.want("site/gate");
    assertThat(display.take()).containsExactly(new Opened(winner, 0, 0));
  }

  @Test
  void publisherMovesToAnotherNode_afterAnEnd_isHeardWhateverItsGeneration() {
    display.want("site/gate");
    for (int i = 0; i < 5; i++) {
      StreamInfo old = publisher.open("site/gate");
      publisher.publish(new Ended(old.id(), 0, 0, EndReason.PUBLISHER_GONE));
    }
    display.take();
    nodes.cut(0, 2);
    StreamInfo moved = other.open("site/gate");
    nodes.heal(0, 2);
    publisher.findsAgain(other);
    other.findsAgain(publisher);
    nodes.settle();

    assertThat(other.replaced).isEmpty();
    assertThat(display.take()).containsExactly(new Opened(moved, 0, 0));
    assertThat(display.tookPicture(other.publish(moved))).isTrue();
  }

  @Test
  void open_afterStreamsElsewhereThatCameAndWent_isNewerThanAllOfThem() {
    StreamInfo old = publisher.open("site/gate");
    for (int i = 0; i < 3; i++) {
      publisher.publish(new Ended(old.id(), 0, 0, EndReason.PUBLISHER_GONE));
      old = publisher.open("site/gate");
    }
    publisher.publish(new Ended(old.id(), 0, 0, EndReason.PUBLISHER_GONE));
    assertThat(publisher.exchange.ownDirectory().streams()).isEmpty();

    assertThat(other.open("site/gate").replaces(old)).isTrue();
  }

  @Test
  void peerDown_itsStreams_endAsLostAndAreOpenedAgainWhenItIsBack() {
    display.want("site/gate");
    StreamInfo info = publisher.open("site/gate");
    publisher.publish(info);
    display.take();
    nodes.cut(0, 1);
    display.loses(publisher);
    publisher.loses(display);
    assertThat(display.take()).containsExactly(new Ended(info.id(), 2, 0, EndReason.NODE_LOST));
    publisher.publish(info);
    publisher.publish(info);
    nodes.heal(0, 1);
    publisher.findsAgain(display);
    display.findsAgain(publisher);
    nodes.settle();

    assertThat(display.take()).first().isInstanceOf(Opened.class);
    assertThat(display.tookPicture(publisher.publish(info))).isTrue();
    SequenceCounts counts = counts(display, publisher);
    assertThat(counts.lost()).as("what was not sent is skipped").isZero();
    assertThat(counts.skipped()).isEqualTo(2);
    assertThat(counts.expected()).isEqualTo(8);
    assertThat(counts.received()).isEqualTo(6);
  }

  @Test
  void peerDown_onOneSideOnly_itsStreamsAreOpenedAgainByWhatTheySend() {
    display.want("site/gate");
    StreamInfo info = publisher.open("site/gate");
    publisher.publish(info);
    display.loses(publisher);
    display.take();
    byte[] picture = publisher.publish(info);

    assertThat(display.heard).first().isEqualTo(new Opened(info, 2, 0, true, null));
    assertThat(display.tookPicture(picture)).isTrue();
  }

  @Test
  void expire_streamThatIsOver_isForgottenAfterTheRetention() {
    display.want("site/gate");
    StreamInfo info = publisher.open("site/gate");
    byte[] picture = publisher.publish(info);
    publisher.publish(new Ended(info.id(), 2, 0, EndReason.PUBLISHER_GONE));
    assertThat(display.take()).hasSize(3).last().isInstanceOf(Ended.class);
    other.want("site/#");
    assertThat(other.take()).as("a late joiner sees what was last").hasSize(3);

    nodes.clock.advance(RETENTION_NANOS + 1);
    publisher.expire(RETENTION_NANOS);
    display.expire(RETENTION_NANOS);
    assertThat(publisher.exchange.streams().size()).isZero();
    assertThat(display.exchange.streams().size()).isZero();
    assertThat(publisher.exchange.streams().lastFrameBytes()).isZero();
    assertThat(publisher.peer(display).outbound().lanes()).isZero();
    assertThat(picture).isNotEmpty();
  }

  @Test
  void isFull_countsOwnStreamsOnly() {
    publisher.want("#");
    other.open("a");
    other.open("b");
    assertThat(publisher.exchange.streams().size()).isEqualTo(2);
    assertThat(publisher.exchange.isFull(key("c"), 1)).isFalse();
    publisher.open("c");
    assertThat(publisher.exchange.isFull(key("d"), 1)).isTrue();
    assertThat(publisher.exchange.isFull(key("c"), 1)).as("it would replace").isFalse();
    assertThat(publisher.exchange.isFull(key("a"), 1)).isTrue();
  }

  @Test
  void lastFrames_beyondTheirBound_theStillestTopicLosesItsOwn() {
    List<StreamInfo> infos =
        IntStream.range(0, 1_000).mapToObj(i -> publisher.open("topic/" + i)).toList();
    infos.forEach(publisher::publish);
    assertThat(publisher.exchange.streams().lastFrameBytes()).isBetween(1_000_000L, 1L << 20);
    display.want("topic/0");
    assertThat(display.take()).containsExactly(new Opened(infos.get(0), 2, 0));
    display.want("topic/999");
    assertThat(display.take()).hasSize(2).last().isInstanceOf(Arrived.class);
  }

  private static TopicKey key(String topic) {
    return new TopicKey(new Topic(topic), Variant.SOURCE);
  }

  private static SequenceCounts counts(Node at, Node from) {
    return at.peer(from).inbound().lines("at", "from", new Moment(0, 0)).get(0).counts();
  }
}
