package io.imagebus.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagebus.ingest.PictureFeed.NotTaken;
import io.imagebus.ingest.PictureFeed.Outcome;
import io.imagebus.ingest.PictureFeed.Taken;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureQueueTest {

  private final List<Promise<Outcome>> taking = new ArrayList<>();
  private final List<Integer> order = new ArrayList<>();
  private final List<String> source = new ArrayList<>();
  private final List<NotTaken> refused = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private final PictureQueue queue =
      new PictureQueue(
          this::take,
          new PictureQueue.Source() {
            @Override
            public void pause() {
              source.add("pause");
            }

            @Override
            public void resume() {
              source.add("resume");
            }
          },
          refused::add,
          failures::add);

  private Future<Outcome> take(byte[] picture, long captureMicros) {
    order.add((int) picture[0]);
    Promise<Outcome> promise = Promise.promise();
    taking.add(promise);
    return promise.future();
  }

  @Test
  void add_whileOneIsTaken_waitsAndHoldsTheSource() {
    add(1);
    assertThat(source).isEmpty();
    add(2);
    assertThat(order).containsExactly(1);
    assertThat(source).containsExactly("pause");
    taking.get(0).complete(new Taken("s", 0));
    assertThat(order).containsExactly(1, 2);
    assertThat(source).as("the next is being taken").containsExactly("pause");
    taking.get(1).complete(new Taken("s", 1));
    assertThat(queue.taken()).isEqualTo(2);
    assertThat(source).containsExactly("pause", "resume");
  }

  @Test
  void add_oneAfterTheOther_neverTouchesTheSource() {
    add(1);
    taking.get(0).complete(new Taken("s", 0));
    add(2);
    taking.get(1).complete(new Taken("s", 1));
    assertThat(source).as("its end may have come meanwhile").isEmpty();
  }

  @Test
  void add_pictureThatIsRefused_isToldAndTheNextIsTaken() {
    NotTaken not = new NotTaken(new Refusal("truncated", 400, "half"));
    add(1);
    add(2);
    taking.get(0).complete(not);
    taking.get(1).complete(new Taken("s", 0));
    assertThat(refused).containsExactly(not);
    assertThat(queue.refusals()).isEqualTo(1);
    assertThat(queue.taken()).isEqualTo(1);
  }

  @Test
  void add_streamCannotBeOpened_forgetsWhatWaitsAndTells() {
    add(1);
    add(2);
    taking.get(0).fail("no stream");
    assertThat(failures).singleElement().satisfies(e -> assertThat(e).hasMessage("no stream"));
    assertThat(order).containsExactly(1);
  }

  @Test
  void finish_whilePicturesWait_runsAfterTheLastOfThem() {
    List<String> done = new ArrayList<>();
    add(1);
    add(2);
    queue.finish(() -> done.add("done with " + queue.taken()));
    taking.get(0).complete(new Taken("s", 0));
    assertThat(done).isEmpty();
    taking.get(1).complete(new Taken("s", 1));
    assertThat(done).containsExactly("done with 2");
  }

  @Test
  void finish_nothingWaits_runsAtOnce() {
    List<String> done = new ArrayList<>();
    queue.finish(() -> done.add("done"));
    assertThat(done).containsExactly("done");
  }

  private void add(int picture) {
    queue.add(new byte[] {(byte) picture}, 0);
  }
}
