package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.Neighbourhood.Node;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.frame.Variant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The work on a source's variants moves to another node and back. */
class ExchangeLendingTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long RETENTION_NANOS = 60 * SECOND;
  private static final Variant SMALL = Variant.parse("320x180");
  private static final Variant LARGE = Variant.parse("1280x720");

  private final Neighbourhood nodes = Neighbourhood.of(3);
  private final Node publisher = nodes.node(0);
  private final Node display = nodes.node(1);
  private final Node helper = nodes.node(2);
  private StreamInfo gate;
  private StreamInfo before;

  @BeforeEach
  void begin() {
    publisher.make();
    helper.make();
    display.want("site/#", SMALL);
    gate = publisher.open("site/gate");
    publisher.publish(gate);
    before = publisher.openVariant(gate, SMALL);
    publisher.publish(before);
    display.take();
  }

  private void lend() {
    publisher.exchange.work().lend(source(), helper.id, nodes.clock.nanoTime());
    nodes.settle();
  }

  private StreamRecord source() {
    return publisher.exchange.streams().get(gate.id());
  }

  private void takeBack() {
    publisher.exchange.work().takeBack(gate.id(), nodes.clock.nanoTime());
    nodes.settle();
  }

  @Test
  void lend_isOrderedThere_whichHearsTheSource_whileTheOwnerGoesOn() {
    helper.take();
    lend();
    assertThat(helper.ordered.get(gate.id())).containsExactly(SMALL);
    byte[] picture = publisher.publish(gate);
    assertThat(helper.tookPicture(picture)).isTrue();
    assertThat(publisher.ordered.get(gate.id())).as("not before the other has").contains(SMALL);
    assertThat(display.tookPicture(publisher.publish(before))).isTrue();
  }

  @Test
  void lend_theFirstPictureThere_takesTheVariantOver() {
    lend();
    StreamInfo after = helper.openVariant(gate, SMALL);
    assertThat(after.source()).isEqualTo(gate.id());
    assertThat(publisher.ordered.get(gate.id())).as("the owner is done").isEmpty();
    assertThat(publisher.replaced).contains(before.id());
    List<StreamEvent> heard = display.take();
    assertThat(heard)
        .anyMatch(event -> event instanceof Ended end && end.why() == EndReason.REPLACED)
        .contains(new Opened(after, 0, 0));
    assertThat(display.tookPicture(helper.publish(after))).isTrue();

    publisher.take();
    publisher.publish(gate);
    assertThat(publisher.take()).as("the owner's stage hears its source no longer").isEmpty();
  }

  @Test
  void lend_whatRestsHere_endsAtOnce() {
    display.want("site/gate", LARGE);
    display.unwant("site/gate", LARGE);
    nodes.clock.advance(SECOND);
    display.expire(RETENTION_NANOS);
    assertThat(publisher.resting.get(gate.id())).containsExactly(LARGE);
    lend();
    assertThat(publisher.resting.get(gate.id())).isEmpty();
  }

  @Test
  void lend_whatIsAskedForLater_isMadeThereAlone() {
    lend();
    helper.openVariant(gate, SMALL);
    display.want("site/gate", LARGE);
    assertThat(helper.ordered.get(gate.id())).containsExactlyInAnyOrder(SMALL, LARGE);
    assertThat(publisher.ordered.get(gate.id())).isEmpty();
    display.unwant("site/gate", LARGE);
    nodes.clock.advance(5 * SECOND);
    display.expire(RETENTION_NANOS);
    assertThat(helper.ordered.get(gate.id())).containsExactly(SMALL);
  }

  @Test
  void takeBack_theOwnersFirstPicture_takesTheVariantOver_andTheOtherForgetsTheSource() {
    lend();
    StreamInfo there = helper.openVariant(gate, SMALL);
    takeBack();
    assertThat(publisher.ordered.get(gate.id())).containsExactly(SMALL);
    assertThat(helper.ordered.get(gate.id())).as("until the owner has it").containsExactly(SMALL);
    display.take();
    assertThat(display.tookPicture(helper.publish(there))).isTrue();

    StreamInfo again = publisher.openVariant(gate, SMALL);
    assertThat(helper.ordered.get(gate.id())).isEmpty();
    assertThat(display.tookPicture(publisher.publish(again))).isTrue();
    for (int second = 0; second < 10; second++) {
      nodes.clock.advance(SECOND);
      helper.expire(RETENTION_NANOS);
    }
    helper.take();
    publisher.publish(gate);
    assertThat(helper.take()).as("it wants the source no longer").isEmpty();
  }

  @Test
  void helperThatIsLost_givesTheWorkBack() {
    lend();
    helper.openVariant(gate, SMALL);
    publisher.loses(helper);
    display.loses(helper);
    nodes.settle();
    assertThat(publisher.ordered.get(gate.id())).containsExactly(SMALL);
    display.take();
    assertThat(display.tookPicture(publisher.publish(publisher.openVariant(gate, SMALL)))).isTrue();
  }

  @Test
  void sourceThatIsReplaced_isItsNodesAgain() {
    lend();
    helper.openVariant(gate, SMALL);
    StreamInfo newer = publisher.open("site/gate");
    assertThat(publisher.ordered.get(newer.id())).containsExactly(SMALL);
    assertThat(publisher.exchange.ownDirectory().lent()).isEmpty();
    for (int second = 0; second < 5; second++) {
      nodes.clock.advance(SECOND);
      helper.expire(RETENTION_NANOS);
    }
    assertThat(helper.ordered.get(gate.id())).isEqualTo(Set.of());
  }

  @Test
  void snapshotOfADirectory_tellsWhatIsLent() {
    lend();
    NodeDirectory copy = NodeDirectory.fromSnapshot(publisher.exchange.ownDirectory().snapshot());
    assertThat(copy.lent()).containsEntry(gate.id(), helper.id).hasSize(1);
  }
}
