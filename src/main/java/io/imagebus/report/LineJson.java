package io.imagebus.report;

import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Alarm;
import io.imagebus.sequence.FrameCounts;
import io.imagebus.sequence.GapRecord;
import io.imagebus.sequence.Reliability;
import io.imagebus.sequence.ReliabilityWindows;
import io.imagebus.sequence.ReliabilityWindows.Step;
import io.imagebus.sequence.SequenceCounts;
import io.imagebus.sequence.Timing;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Lines of the account as JSON, as much of each as a filter wants.
 *
 * @param nowNanos the moment that windows end at
 * @param nowMicros the same moment, microseconds since 1970 UTC
 */
record LineJson(LineFilter filter, long nowNanos, long nowMicros) {

  JsonObject encode(AccountLine line, KeptLine kept) {
    JsonObject json = head(line);
    kept.windows()
        .ifPresent(
            windows -> {
              json.put("windows", windows(windows));
              if (filter.history()) {
                json.put("history", history(windows));
              }
            });
    if (filter.gaps() > 0) {
      JsonArray gaps = new JsonArray();
      line.gaps().stream().limit(filter.gaps()).forEach(gap -> gaps.add(gap(gap)));
      json.put("gaps", gaps);
    }
    return json;
  }

  private static JsonObject head(AccountLine line) {
    JsonObject skipped = new JsonObject();
    line.skippedByReason().forEach((reason, n) -> skipped.put(reason.label(), n));
    JsonObject json =
        new JsonObject()
            .put("topic", line.topic().name())
            .put("variant", line.variant().label())
            .put("hop", line.hop().label())
            .put("node", line.node())
            .put("peer", line.peer())
            .put("state", line.state().name().toLowerCase(Locale.ROOT))
            .mergeIn(counts(line.counts()))
            .put("sent", line.sent())
            .put("skippedByReason", skipped)
            .put("repaired", line.repairs().repaired())
            .put("unrepairable", line.repairs().unrepairable())
            .put("reliability", reliability(Reliability.of(line.counts())))
            .put("frames", frames(line.frames()));
    timing(line.timing(), json);
    if (line.unverifiedSinceMicros() > 0) {
      json.put("unverifiedSince", line.unverifiedSinceMicros());
    }
    return json;
  }

  private static void timing(Timing timing, JsonObject json) {
    if (timing.frames() > 0) {
      json.put("jitterMicros", timing.jitterMicros())
          .put(
              "ageMicros",
              new JsonObject()
                  .put("p50", timing.ageP50Micros())
                  .put("p95", timing.ageP95Micros())
                  .put("p99", timing.ageP99Micros())
                  .put("clock", timing.clockDoubtful() ? "doubtful" : "ok"));
    }
  }

  private JsonObject windows(ReliabilityWindows windows) {
    JsonObject json = new JsonObject();
    if (filter.wants(Window.MINUTE)) {
      json.put(
          Window.MINUTE.label(),
          window(windows.lastMinute(nowNanos), windows.framesOfLastMinute(nowNanos)));
    }
    if (filter.wants(Window.QUARTER_HOUR)) {
      json.put(
          Window.QUARTER_HOUR.label(),
          window(windows.lastQuarterHour(nowNanos), windows.framesOfLastQuarterHour(nowNanos)));
    }
    return json;
  }

  private static JsonObject window(SequenceCounts counts, FrameCounts frames) {
    return new JsonObject()
        .put("expected", counts.expected())
        .put("received", counts.received())
        .put("lost", counts.lost())
        .put("corrupt", counts.corrupt())
        .put("skipped", counts.skipped())
        .put("reliability", reliability(Reliability.of(counts)))
        .put("frames", frames(frames));
  }

  private JsonArray history(ReliabilityWindows windows) {
    JsonArray steps = new JsonArray();
    for (Step step : windows.history(nowNanos)) {
      steps.add(
          new JsonObject()
              .put("at", nowMicros - TimeUnit.NANOSECONDS.toMicros(nowNanos - step.endNanos()))
              .put("received", step.chunks().received())
              .put("lost", step.chunks().lost())
              .put("corrupt", step.chunks().corrupt())
              .put("skipped", step.chunks().skipped()));
    }
    return steps;
  }

  private static JsonObject gap(GapRecord gap) {
    return new JsonObject()
        .put("stream", gap.stream().toString())
        .put("from", gap.from())
        .put("to", gap.to())
        .put("healed", gap.healed())
        .put("openedAt", gap.openedAtMicros())
        .put("settledAt", gap.settledAtMicros())
        .put("outcome", gap.outcome().label())
        .put("cause", gap.cause());
  }

  static JsonObject alarm(Alarm alarm) {
    return new JsonObject()
        .put("kind", alarm.kind().label())
        .put("topic", alarm.topic().name())
        .put("hop", alarm.hop().label())
        .put("node", alarm.node())
        .put("peer", alarm.peer())
        .put("since", alarm.sinceMicros())
        .put("message", alarm.message());
  }

  private static JsonObject counts(SequenceCounts counts) {
    return new JsonObject()
        .put("expected", counts.expected())
        .put("received", counts.received())
        .put("lost", counts.lost())
        .put("corrupt", counts.corrupt())
        .put("skipped", counts.skipped())
        .put("pending", counts.pending())
        .put("identityHolds", counts.holdsIdentity())
        .put("duplicate", counts.duplicate())
        .put("late", counts.late())
        .put("reordered", counts.reordered())
        .put("stale", counts.stale())
        .put("preBase", counts.preBase())
        .put("tooOld", counts.tooOld())
        .put("unattributable", counts.unattributable())
        .put("skipMismatch", counts.skipMismatch())
        .put("implausible", counts.implausible())
        .put("epochs", counts.epochs())
        .put("unknownTails", counts.unknownTails());
  }

  private static JsonObject frames(FrameCounts frames) {
    return new JsonObject()
        .put("good", frames.good())
        .put("failed", frames.failed())
        .put("skipped", frames.skipped())
        .put("reliability", reliability(frames.reliability()));
  }

  /** The measured share, and what may be claimed of it; no figure while nothing is settled. */
  private static JsonObject reliability(Reliability reliability) {
    JsonObject json = new JsonObject().put("settled", reliability.settled());
    reliability.measured().ifPresent(measured -> json.put("measured", measured));
    reliability
        .claim()
        .ifPresent(claim -> json.put(reliability.isLowerBound() ? "atLeast" : "claim", claim));
    return json;
  }
}
