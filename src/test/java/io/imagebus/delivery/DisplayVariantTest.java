package io.imagebus.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.bus.StreamEvent.EndReason;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import io.imagebus.frame.VariantWish;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisplayVariantTest {

  private static final Variant SMALL = Variant.parse("320x");
  private static final Variant LARGE = Variant.parse("1280x");

  private final Vertx vertx = Vertx.vertx();
  private final ScriptedWriter writer = new ScriptedWriter();
  private SeatScript script;
  private Display display;

  @BeforeEach
  void enter() {
    script = new SeatScript(vertx, DeliverySettings.defaults());
    display = script.display(writer);
  }

  @AfterEach
  void leave() throws Exception {
    display.close();
    script.rooms.closeAll();
    assertThat(writer.messages).allSatisfy(message -> assertThat(message.holders()).isZero());
    TestEdge.await(vertx.close());
  }

  private static VariantRequest wide(int width) {
    return new VariantRequest(
        OptionalDouble.empty(), new VariantWish(width, 0, 0, 0, Optional.empty()));
  }

  private SeatScript.Source small(long id) {
    return script.source("a", SMALL, id, 1).open();
  }

  private SeatScript.Source large(long id) {
    return script.source("a", LARGE, id, 1).open();
  }

  private StreamId shown() {
    return writer.chunks.get(writer.chunks.size() - 1).header().stream();
  }

  private boolean isRoomOpen(Variant variant) {
    return script.rooms.find(new Topic("a"), variant) != null;
  }

  @Test
  void subscription_toAVariant_hearsThatAlone() {
    script.subscribe(display, "a", wide(300));
    small(1).frame(1);
    large(2).frame(1);
    script.source("a", 3, 1).open().frame(1);
    assertThat(writer.chunks).hasSize(1);
    assertThat(shown()).isEqualTo(new StreamId(1));
    assertThat(writer.texts("stream").get(0).getString("variant")).isEqualTo("320x");
  }

  @Test
  void change_keepsTheOldPictureComing_untilTheNewIsThere() {
    Subscription subscription = script.subscribe(display, "a", wide(300));
    SeatScript.Source before = small(1);
    before.frame(1);
    subscription.change(wide(1200), script.rooms);
    before.frame(1);
    SeatScript.Source after = large(2);
    before.frame(2);
    assertThat(writer.chunks).as("all of the old").hasSize(4);
    assertThat(shown()).isEqualTo(new StreamId(1));

    script.clock.pass(1);
    after.frame(3);
    before.frame(1);
    assertThat(shown()).isEqualTo(new StreamId(2));
    assertThat(writer.chunks).hasSize(7);
    List<JsonObject> ends = writer.texts("ended");
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0).getString("why")).isEqualTo(EndReason.VARIANT.label());
    assertThat(ends.get(0).getLong("next")).isEqualTo(4);
    assertThat(isRoomOpen(SMALL)).as("nobody wants the old one any more").isFalse();
  }

  @Test
  void change_toAPictureOlderThanTheOneShown_waitsForTheNext() {
    Subscription subscription = script.subscribe(display, "a", wide(300));
    SeatScript.Source before = small(1);
    script.subscribe(script.display(new ScriptedWriter()), "a", wide(1200));
    SeatScript.Source after = large(2);
    after.frame(1);
    script.clock.pass(1);
    before.frame(1);

    subscription.change(wide(1200), script.rooms);
    assertThat(shown()).isEqualTo(new StreamId(1));
    after.frame(1);
    assertThat(shown()).isEqualTo(new StreamId(2));
  }

  @Test
  void change_takenBackBeforeThePictureIsThere_leavesAllAsItWas() {
    Subscription subscription = script.subscribe(display, "a", wide(300));
    SeatScript.Source before = small(1);
    before.frame(1);
    subscription.change(wide(1200), script.rooms);
    SeatScript.Source after = large(2);
    subscription.change(wide(300), script.rooms);
    display.seatOf(new Topic("a")).orElseThrow().adapt();
    script.clock.pass(1);
    after.frame(1);
    before.frame(1);
    assertThat(writer.chunks).hasSize(2);
    assertThat(shown()).isEqualTo(new StreamId(1));
  }

  @Test
  void change_andBack_isGreetedByTheOldRoomAgain() {
    Subscription subscription = script.subscribe(display, "#", wide(300));
    Subscription second = script.subscribe(script.display(new ScriptedWriter()), "a", wide(300));
    SeatScript.Source before = small(1);
    SeatScript.Source after = large(2);
    before.frame(1);
    subscription.change(wide(1200), script.rooms);
    after.open().frame(1);
    assertThat(shown()).isEqualTo(new StreamId(2));

    script.clock.pass(1);
    before.frame(1);
    subscription.change(wide(300), script.rooms);
    assertThat(shown()).isEqualTo(new StreamId(1));
    assertThat(second.variant()).isEqualTo(SMALL);
  }

  @Test
  void variantThatAnotherNodeMakesNow_isNotShownFromBehind() {
    script.subscribe(display, "a", wide(300));
    SeatScript.Source source = script.source("a", 9, 1);
    SeatScript.Source here = script.variantOf(source, SMALL, 1, 1).open();
    here.frame(1, 6);
    here.frame(1, 7);
    here.end(EndReason.REPLACED);
    SeatScript.Source there = script.variantOf(source, SMALL, 2, 2).open();
    there.frame(2, 6);
    there.frame(1, 7);
    assertThat(writer.chunks).hasSize(2);
    there.frame(1, 8);
    assertThat(shown()).isEqualTo(new StreamId(2));
    assertThat(writer.chunks).hasSize(3);
    List<JsonObject> skips = writer.texts("skip");
    assertThat(skips).isNotEmpty().allMatch(skip -> skip.getString("reason").equals("expired"));
    assertThat(skips.get(skips.size() - 1).getLong("to")).isEqualTo(2);
    assertThat(writer.chunks.get(2).header().sequence()).isEqualTo(3);
    assertThat(script.accounts())
        .allSatisfy(
            account ->
                assertThat(account.expected())
                    .isEqualTo(
                        account.sent()
                            + account.pending()
                            + account.skipped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()));
  }

  @Test
  void accounts_areKeptForEachVariant() {
    Subscription subscription = script.subscribe(display, "a", wide(300));
    SeatScript.Source before = small(1);
    before.frame(3);
    subscription.change(wide(1200), script.rooms);
    script.clock.pass(1);
    large(2).frame(5);

    List<DisplayAccount> accounts = script.accounts();
    assertThat(accounts).hasSize(2);
    assertThat(accounts.get(0).shown().variant()).isEqualTo(SMALL);
    assertThat(accounts.get(0).sent()).isEqualTo(3);
    assertThat(accounts.get(1).shown().variant()).isEqualTo(LARGE);
    assertThat(accounts.get(1).sent()).isEqualTo(5);
  }

  @Test
  void twoSubscriptions_toOneTopic_shareTheLargerForm() {
    script.subscribe(display, "a", wide(300));
    SeatScript.Source smaller = small(1);
    smaller.frame(1);
    Subscription larger = script.subscribe(display, "#", wide(1200));
    script.clock.pass(1);
    SeatScript.Source source = large(2);
    source.frame(1);
    smaller.frame(1);
    assertThat(writer.chunks).hasSize(2);
    assertThat(shown()).isEqualTo(new StreamId(2));

    script.unsubscribe(display, larger);
    script.clock.pass(1);
    smaller.frame(1);
    assertThat(shown()).isEqualTo(new StreamId(1));
  }
}
