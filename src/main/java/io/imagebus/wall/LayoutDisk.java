package io.imagebus.wall;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * The disk follows the book: what waits to be written is one entry for each name, of which the
 * newest version counts, so a slow disk costs no memory. A write that fails stays in the list and
 * is tried again, because a full disk may be emptied.
 */
/**
 * Writes records to the directory of this node, on a thread that may block. Without a directory
 * there is nothing to do. Owned by one event loop.
 */
final class LayoutDisk {

  private static final Logger LOG = LoggerFactory.getLogger(LayoutDisk.class);

  private final Optional<LayoutDirectory> directory;
  private final WorkerExecutor worker;
  private final Map<WallName, Waiting> waiting = new LinkedHashMap<>();
  private boolean isWriting;
  private boolean isFailing;

  /** What is to be done for one name, and who waits for it. */
  private record Waiting(Optional<LayoutRecord> record, List<Promise<Boolean>> done) {}

  /**
   * The disk of one node.
   *
   * @param worker with one thread
   */
  LayoutDisk(Optional<LayoutDirectory> directory, WorkerExecutor worker) {
    this.directory = directory;
    this.worker = worker;
  }

  /**
   * Writes a record.
   *
   * @return whether it, or a newer version, outlives a restart of this node; never fails
   */
  Future<Boolean> keep(LayoutRecord record) {
    return enqueue(record.name(), Optional.of(record));
  }

  /** Removes what is kept under a name. */
  Future<Boolean> forget(WallName name) {
    return enqueue(name, Optional.empty());
  }

  private Future<Boolean> enqueue(WallName name, Optional<LayoutRecord> record) {
    if (directory.isEmpty()) {
      return Future.succeededFuture(false);
    }
    Promise<Boolean> written = Promise.promise();
    Waiting before = waiting.remove(name);
    List<Promise<Boolean>> done = before == null ? new ArrayList<>() : before.done();
    done.add(written);
    waiting.put(name, new Waiting(record, done));
    writeNext();
    return written.future();
  }

  /** Tries again what failed; to be called every few seconds. */
  void tick() {
    writeNext();
  }

  private void writeNext() {
    if (isWriting || waiting.isEmpty()) {
      return;
    }
    isWriting = true;
    Iterator<Map.Entry<WallName, Waiting>> oldest = waiting.entrySet().iterator();
    Map.Entry<WallName, Waiting> entry = oldest.next();
    WallName name = entry.getKey();
    Waiting next = entry.getValue();
    oldest.remove();
    worker
        .executeBlocking(
            () -> {
              write(name, next.record());
              return true;
            })
        .onComplete(
            written -> {
              isWriting = false;
              if (written.succeeded()) {
                succeeded();
                next.done().forEach(each -> each.complete(true));
                writeNext();
              } else {
                failed(written.cause());
                waiting.putIfAbsent(name, new Waiting(next.record(), new ArrayList<>()));
                next.done().forEach(each -> each.complete(false));
              }
            });
  }

  private void write(WallName name, Optional<LayoutRecord> record) throws IOException {
    LayoutDirectory open = directory.orElseThrow();
    if (record.isPresent()) {
      open.write(record.get());
    } else {
      open.delete(name);
    }
  }

  private void failed(Throwable cause) {
    if (!isFailing) {
      LOG.warn("wall layouts cannot be written, other nodes still have them: {}", cause.toString());
    }
    isFailing = true;
  }

  private void succeeded() {
    if (isFailing) {
      LOG.info("wall layouts are written again");
    }
    isFailing = false;
  }

  /** Writes what waits, tries each once, and gives the directory back. */
  Future<Void> close() {
    List<Map.Entry<WallName, Waiting>> last = List.copyOf(waiting.entrySet());
    waiting.clear();
    return worker
        .<Void>executeBlocking(
            () -> {
              try {
                for (Map.Entry<WallName, Waiting> each : last) {
                  write(each.getKey(), each.getValue().record());
                }
              } finally {
                if (directory.isPresent()) {
                  directory.get().close();
                }
              }
              return null;
            })
        .onComplete(
            written ->
                last.stream()
                    .flatMap(each -> each.getValue().done().stream())
                    .forEach(each -> each.complete(written.succeeded())));
  }
}
