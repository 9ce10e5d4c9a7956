package io.imagebus.compression;

import io.imagebus.base.Clock;
import io.imagebus.bus.VariantFeed.Pool;
import io.imagebus.image.codec.PictureCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Streams take turns: one with something to do stands in the queue once, and says what when its turn
 * comes, which is then its newest frame. So nothing grows but the number of streams, and a stream
 * has one frame at a time in the works, which keeps its frames in order.
 */
/**
 * The worker threads of a node and the streams that wait for one. Bound: one waiting frame a
 * stream, which the stream holds. Owned by one event loop.
 */
final class CodecPool {

  /** What gives the pool its work. */
  interface Customer {
    /** The job at hand; null if there is none any more. */
    @Nullable PictureJob begin();

    /** The job is done. */
    void finish(JobResult result);
  }

  private final Clock clock;
  private final Executor eventLoop;
  private final List<CodecWorker> workers = new ArrayList<>();
  private final ArrayDeque<CodecWorker> idle = new ArrayDeque<>();
  private final ArrayDeque<Customer> waiting = new ArrayDeque<>();
  private long jobs;
  private long busyNanos;

  CodecPool(
      CompressionSettings settings,
      Clock clock,
      Supplier<PictureCodec> codecs,
      Executor eventLoop) {
    this.clock = clock;
    this.eventLoop = eventLoop;
    for (int i = 0; i < settings.threads(); i++) {
      workers.add(new CodecWorker(settings, clock, codecs, i));
    }
    idle.addAll(workers);
  }

  /** Gives a customer its turn when one is free; to be called once for each job. */
  void queue(Customer customer) {
    waiting.addLast(customer);
    serve();
  }

  private void serve() {
    while (!idle.isEmpty() && !waiting.isEmpty()) {
      Customer customer = waiting.pollFirst();
      PictureJob job = customer.begin();
      if (job != null) {
        start(idle.pollLast(), customer, job);
      }
    }
  }

  private void start(CodecWorker worker, Customer customer, PictureJob job) {
    long begunNanos = clock.nanoTime();
    worker.take(
        job,
        result ->
            eventLoop.execute(
                () -> {
                  jobs++;
                  busyNanos += clock.nanoTime() - begunNanos;
                  idle.addLast(worker);
                  customer.finish(result);
                  serve();
                }));
  }

  /** What the pool does, and how much of it waits. */
  Pool state() {
    return new Pool(workers.size(), workers.size() - idle.size(), waiting.size(), jobs, busyNanos);
  }

  void close() {
    waiting.clear();
    workers.forEach(CodecWorker::close);
  }
}
