package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutDiskTest {

  private static final WallName LOBBY = new WallName("lobby");

  @TempDir private Path path;
  private Vertx vertx;
  private Context context;
  private LayoutDisk disk;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    Optional<LayoutDirectory> directory = Optional.of(LayoutDirectory.open(path));
    disk = call(() -> new LayoutDisk(directory, vertx.createSharedWorkerExecutor("walls", 1)));
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private <T> T call(Callable<T> action) {
    Promise<T> done = Promise.promise();
    context.runOnContext(
        any -> {
          try {
            done.complete(action.call());
          } catch (Exception e) {
            done.fail(e);
          }
        });
    return join(done.future());
  }

  private static <T> T join(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private static LayoutRecord record(long edit) {
    return new LayoutRecord(
        LOBBY, LayoutVersion.first(edit, "writer"), Optional.of(Layouts.of("topic/" + edit)));
  }

  private LayoutRecord onDisk() throws Exception {
    return LayoutFile.read(Files.readAllBytes(path.resolve("lobby.wall")));
  }

  @Test
  void manyVersions_atOnce_endWithTheNewest_andAllWhoWaitAreTold() throws Exception {
    List<Future<Boolean>> told =
        call(
            () -> LongStream.rangeClosed(1, 50).mapToObj(each -> disk.keep(record(each))).toList());
    for (Future<Boolean> each : told) {
      assertThat(join(each)).isTrue();
    }
    assertThat(onDisk()).isEqualTo(record(50));
    assertThat(join(call(() -> disk.forget(LOBBY)))).isTrue();
    assertThat(path.resolve("lobby.wall")).doesNotExist();
  }

  @Test
  void recordThatCannotBeWritten_isTriedAgain_untilItCan() throws Exception {
    // A directory in the way of the temporary file, which no user may write over.
    Path inTheWay = Files.createDirectory(path.resolve("lobby.wall.new"));
    assertThat(join(call(() -> disk.keep(record(1))))).isFalse();
    Files.delete(inTheWay);
    await()
        .until(
            () -> {
              call(
                  () -> {
                    disk.tick();
                    return true;
                  });
              return Files.exists(path.resolve("lobby.wall"));
            });
    assertThat(onDisk()).isEqualTo(record(1));
  }

  @Test
  void end_writesWhatWaits_andGivesTheDirectoryBack() throws Exception {
    call(() -> disk.keep(record(1)));
    Future<Boolean> waiting = call(() -> disk.keep(record(2)));
    join(call(disk::close));
    assertThat(join(waiting)).isTrue();
    try (LayoutDirectory again = LayoutDirectory.open(path)) {
      assertThat(again.load()).containsExactly(record(2));
    }
  }

  @Test
  void withoutADirectory_nothingIsOnDisk() {
    LayoutDisk none =
        call(() -> new LayoutDisk(Optional.empty(), vertx.createSharedWorkerExecutor("none", 1)));
    assertThat(join(call(() -> none.keep(record(1))))).isFalse();
    join(call(none::close));
  }
}
