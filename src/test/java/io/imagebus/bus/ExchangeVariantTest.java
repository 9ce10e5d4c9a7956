package io.imagebus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.Neighbourhood.Node;
import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.bus.StreamEvent.Ended;
import io.imagebus.bus.StreamEvent.Opened;
import io.imagebus.frame.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExchangeVariantTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long RETENTION_NANOS = 60 * SECOND;
  private static final Variant SMALL = Variant.parse("320x180");
  private static final Variant LARGE = Variant.parse("1280x720");

  private final Neighbourhood nodes = Neighbourhood.of(3);
  private final Node publisher = nodes.node(0);
  private final Node display = nodes.node(1);
  private final Node other = nodes.node(2);

  @BeforeEach
  void make() {
    publisher.make();
    display.make();
  }

  @Test
  void maker_isKnownByItsAddress_soThatItsCreditFindsItsLink() {
    assertThat(publisher.exchange.stage("stage")).isNotNull();
    assertThat(publisher.exchange.stageLinks()).hasSize(1);
    assertThat(other.exchange.stageLinks()).as("has no maker").isEmpty();
  }

  @Test
  void want_ofTheSource_ordersNothing() {
    display.want("site/#");
    publisher.open("site/gate");
    assertThat(publisher.ordered).isEmpty();
  }

  @Test
  void want_onAnyNode_ordersFromTheNodeOfTheSourceAlone() {
    StreamInfo gate = publisher.open("site/gate");
    byte[] last = publisher.publish(gate);
    display.want("site/#", SMALL);
    other.want("site/gate", LARGE);
    publisher.want("yard/#", LARGE);

    assertThat(publisher.ordered).containsOnlyKeys(gate.id());
    assertThat(publisher.ordered.get(gate.id())).containsExactlyInAnyOrder(SMALL, LARGE);
    assertThat(display.ordered).isEmpty();
    assertThat(publisher.tookPicture(last)).as("the maker hears the last frame").isTrue();
    assertThat(display.take()).as("nobody else hears the source").isEmpty();
  }

  @Test
  void open_afterTheWant_isOrderedAtOnce() {
    display.want("site/#", SMALL);
    StreamInfo gate = publisher.open("site/gate");
    assertThat(publisher.ordered.get(gate.id())).containsExactly(SMALL);
  }

  @Test
  void variant_isHeardByThoseWhoWantIt_asAStreamThatNamesItsSource() {
    StreamInfo gate = publisher.open("site/gate");
    display.want("site/#", SMALL);
    other.want("site/#", LARGE);
    StreamInfo small = publisher.openVariant(gate, SMALL);
    byte[] picture = publisher.publish(small);

    assertThat(small.source()).isEqualTo(gate.id());
    assertThat(display.heard).startsWith(new Opened(small, 0, 0));
    assertThat(display.tookPicture(picture)).isTrue();
    assertThat(other.take()).isEmpty();
  }

  @Test
  void unwant_ofTheLast_endsTheWorkAfterASecond_andTheRestAfterFive() {
    StreamInfo gate = publisher.open("site/gate");
    publisher.want("site/gate", SMALL);
    display.want("site/gate", SMALL);
    display.unwant("site/gate", SMALL);
    publisher.unwant("site/gate", SMALL);
    nodes.clock.advance(SECOND - 1);
    publisher.expire(RETENTION_NANOS);
    display.expire(RETENTION_NANOS);
    assertThat(publisher.ordered.get(gate.id())).containsExactly(SMALL);

    nodes.clock.advance(1);
    publisher.expire(RETENTION_NANOS);
    assertThat(publisher.ordered.get(gate.id())).as("the other node's").containsExactly(SMALL);
    display.expire(RETENTION_NANOS);
    assertThat(publisher.ordered.get(gate.id())).isEmpty();
    assertThat(publisher.resting.get(gate.id())).containsExactly(SMALL);

    publisher.take();
    publisher.publish(gate);
    assertThat(publisher.take()).as("the maker hears it no longer").isEmpty();
    nodes.clock.advance(4 * SECOND - 1);
    publisher.expire(RETENTION_NANOS);
    assertThat(publisher.resting.get(gate.id())).containsExactly(SMALL);
    nodes.clock.advance(1);
    publisher.expire(RETENTION_NANOS);
    assertThat(publisher.resting.get(gate.id())).isEmpty();
  }

  @Test
  void want_ofAVariantThatRests_goesOnWithItsStream_fromTheNewestPictureOnly() {
    StreamInfo gate = publisher.open("site/gate");
    display.want("site/gate", SMALL);
    publisher.publish(gate);
    StreamInfo small = publisher.openVariant(gate, SMALL);
    publisher.publish(small);
    rest();
    byte[] newest = publisher.publish(gate);
    display.take();
    publisher.take();

    display.want("site/gate", SMALL);
    assertThat(publisher.ordered.get(gate.id())).containsExactly(SMALL);
    assertThat(publisher.resting.get(gate.id())).isEmpty();
    assertThat(publisher.tookPicture(newest)).as("the maker is given the newest").isTrue();
    assertThat(display.take()).as("no outdated picture").containsExactly(new Opened(small, 2, 0));
    assertThat(display.tookPicture(publisher.publish(small))).isTrue();
  }

  @Test
  void want_ofAVariantThatRests_ofASourceThatStoodStill_getsItsPicture() {
    StreamInfo gate = publisher.open("site/gate");
    display.want("site/gate", SMALL);
    publisher.publish(gate);
    byte[] picture = publisher.publish(publisher.openVariant(gate, SMALL));
    rest();
    display.take();
    display.want("site/gate", SMALL);
    assertThat(display.tookPicture(picture)).isTrue();
  }

  /** Nobody asks any more, for less than it takes the variant to end. */
  private void rest() {
    display.unwant("site/gate", SMALL);
    nodes.clock.advance(2 * SECOND);
    display.expire(RETENTION_NANOS);
    publisher.expire(RETENTION_NANOS);
  }

  @Test
  void unwant_ofOneVariant_leavesTheOthersBeMade() {
    StreamInfo gate = publisher.open("site/gate");
    display.want("site/gate", SMALL);
    other.want("site/gate", LARGE);
    rest();
    assertThat(publisher.ordered.get(gate.id())).containsExactly(LARGE);
    assertThat(publisher.resting.get(gate.id())).containsExactly(SMALL);
    assertThat(publisher.tookPicture(publisher.publish(gate))).isTrue();
  }

  @Test
  void variant_thatNobodyWants_isForgottenWithItsPicture() {
    StreamInfo gate = publisher.open("site/gate");
    display.want("site/gate", SMALL);
    StreamInfo small = publisher.openVariant(gate, SMALL);
    publisher.publish(small);
    publisher.publish(new Ended(small.id(), 1, 0, EndReason.UNWANTED));

    assertThat(publisher.exchange.streams().get(TopicKey.of(small))).isNull();
    assertThat(publisher.exchange.ownDirectory().streams()).containsOnlyKeys(gate.id());
  }

  @Test
  void order_ofASourceThatIsReplacedElsewhere_movesThere() {
    StreamInfo first = publisher.open("site/gate");
    other.want("site/gate", SMALL);
    StreamInfo small = publisher.openVariant(first, SMALL);
    publisher.publish(small);

    StreamInfo second = display.open("site/gate");
    assertThat(publisher.ordered.get(first.id())).isEmpty();
    assertThat(display.ordered.get(second.id())).containsExactly(SMALL);
    other.take();
    byte[] picture = display.publish(display.openVariant(second, SMALL));
    assertThat(other.tookPicture(picture)).isTrue();
  }

  @Test
  void order_ofANodeThatIsGone_isForgotten() {
    StreamInfo gate = publisher.open("site/gate");
    display.want("site/gate", SMALL);
    publisher.exchange.peerDown(publisher.peer(display), nodes.clock.nanoTime());
    assertThat(publisher.ordered.get(gate.id())).isEmpty();
    publisher.findsAgain(display);
    assertThat(publisher.ordered.get(gate.id())).containsExactly(SMALL);
  }
}
