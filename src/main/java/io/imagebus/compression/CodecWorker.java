package io.imagebus.compression;

import io.imagebus.base.Clock;
import io.imagebus.compression.JobResult.Cost;
import io.imagebus.image.codec.PictureCodec;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One platform thread with a codec of its own, opened with its first job. Its pool gives it one job
 * at a time; results come on the worker's thread.
 */
final class CodecWorker {

  private static final Logger LOG = LoggerFactory.getLogger(CodecWorker.class);

  private final CompressionSettings settings;
  private final Clock clock;
  private final Supplier<PictureCodec> codecs;
  private final ExecutorService thread;
  private @Nullable PictureCodec codec;
  private @Nullable PictureWork work;

  CodecWorker(
      CompressionSettings settings, Clock clock, Supplier<PictureCodec> codecs, int number) {
    this.settings = settings;
    this.clock = clock;
    this.codecs = codecs;
    this.thread =
        Executors.newSingleThreadExecutor(
            job -> {
              Thread made = new Thread(job, "imagebus-codec-" + number);
              made.setDaemon(true);
              return made;
            });
  }

  void take(PictureJob job, Consumer<JobResult> done) {
    thread.execute(() -> done.accept(make(job)));
  }

  /** A codec that breaks is closed, and another opened for the next picture. */
  private JobResult make(PictureJob job) {
    try {
      return work().make(job);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the codec of {} failed and is opened anew", Thread.currentThread().getName(), e);
      closeCodec();
      return JobResult.failed(job, Cost.NONE, "the codec failed");
    }
  }

  private PictureWork work() {
    PictureWork current = work;
    if (current == null) {
      PictureCodec opened = codecs.get();
      codec = opened;
      current = new PictureWork(opened, settings, clock);
      work = current;
    }
    return current;
  }

  private void closeCodec() {
    PictureCodec opened = codec;
    codec = null;
    work = null;
    if (opened != null) {
      opened.close();
    }
  }

  /** Ends the thread after the job at hand. */
  void close() {
    thread.execute(this::closeCodec);
    thread.shutdown();
  }
}
