package io.imagebus.report;

import io.imagebus.sequence.AccountLine;
import io.imagebus.sequence.Reliability;
import io.imagebus.sequence.ReliabilityWindows;
import io.imagebus.sequence.SequenceCounts;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** Lines of the account as JSON. Stateless. */
final class LineJson {

  private LineJson() {}

  static JsonObject encode(AccountLine line, ReliabilityWindows windows, long nowNanos) {
    JsonObject skipped = new JsonObject();
    line.skippedByReason().forEach((reason, n) -> skipped.put(reason.label(), n));
    return new JsonObject()
        .put("topic", line.topic().name())
        .put("variant", line.variant().label())
        .put("hop", line.hop().label())
        .put("node", line.node())
        .put("peer", line.peer())
        .put("state", line.state().name().toLowerCase(Locale.ROOT))
        .mergeIn(counts(line.counts()))
        .put("sent", line.sent())
        .put("skippedByReason", skipped)
        .put("reliability", reliability(line.counts()))
        .put(
            "windows",
            new JsonObject()
                .put("1m", window(windows.lastMinute(nowNanos)))
                .put("15m", window(windows.lastQuarterHour(nowNanos))));
  }

  private static JsonObject window(SequenceCounts counts) {
    return new JsonObject()
        .put("expected", counts.expected())
        .put("received", counts.received())
        .put("lost", counts.lost())
        .put("corrupt", counts.corrupt())
        .put("skipped", counts.skipped())
        .put("reliability", reliability(counts));
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

  /** The measured share, and what may be claimed of it; no figure while nothing is settled. */
  private static JsonObject reliability(SequenceCounts counts) {
    Reliability reliability = Reliability.of(counts);
    JsonObject json = new JsonObject().put("settled", reliability.settled());
    reliability.measured().ifPresent(measured -> json.put("measured", measured));
    reliability
        .claim()
        .ifPresent(claim -> json.put(reliability.isLowerBound() ? "atLeast" : "claim", claim));
    return json;
  }
}
