package io.imagebus.ingest;

import io.imagebus.image.codec.PictureCodec;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which one ingest instance looks into pictures, with a codec that is opened when one
 * is needed. Tasks are done in order. Bound: what the streams have under way, which each of them
 * bounds. Used by one event loop.
 */
final class LookThread {

  private static final Logger LOG = LoggerFactory.getLogger(LookThread.class);

  private final Executor eventLoop;
  private final Supplier<PictureCodec> codecs;
  private final ExecutorService thread;
  private @Nullable PictureCodec codec;

  /** What is to be done. */
  interface Task {
    /** Runs on the thread. */
    Verdict run(Supplier<PictureCodec> codec);
  }

  LookThread(Executor eventLoop, Supplier<PictureCodec> codecs, String name) {
    this.eventLoop = eventLoop;
    this.codecs = codecs;
    this.thread =
        Executors.newSingleThreadExecutor(
            job -> {
              Thread made = new Thread(job, name);
              made.setDaemon(true);
              return made;
            });
  }

  /** Does a task, and says on the event loop what came of it. */
  void run(Task task, Consumer<Verdict> done) {
    thread.execute(
        () -> {
          Verdict verdict = attempt(task);
          eventLoop.execute(() -> done.accept(verdict));
        });
  }

  /** What nobody can look into goes on: the codec's failure is not the picture's. */
  private Verdict attempt(Task task) {
    try {
      return task.run(this::codec);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("a look into a picture failed", e);
      closeCodec();
      return Verdict.PASSED;
    }
  }

  private PictureCodec codec() {
    PictureCodec open = codec;
    if (open == null) {
      open = codecs.get();
      codec = open;
    }
    return open;
  }

  private void closeCodec() {
    PictureCodec open = codec;
    codec = null;
    if (open != null) {
      open.close();
    }
  }

  /** Ends the thread after what it has to do. */
  void close() {
    if (!thread.isShutdown()) {
      thread.execute(this::closeCodec);
      thread.shutdown();
    }
  }
}
