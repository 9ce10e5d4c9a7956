package io.imagebus.wall;

import io.imagebus.door.Problem;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What the event loops of one node and their {@link WallVerticle} say to each other. Immutable. */
sealed interface WallMessage {

  /** Where the verticle is asked; a question is answered with what its comment says. */
  String QUESTIONS = "imagebus.local.walls";

  /** Where the verticle tells all event loops of each {@link LayoutRecord} that is new. */
  String CHANGES = "imagebus.local.walls.changes";

  /** Where the verticle tells all event loops of a {@link Showing}. */
  String SHOWINGS = "imagebus.local.walls.showings";

  /** All walls; answered with {@link Walls}. */
  record ListWalls() implements WallMessage {}

  /** One wall; answered with {@link Walls} of one or none. */
  record FindWall(WallName name) implements WallMessage {}

  /** A layout is to be kept, or the wall removed; answered with an {@link Outcome}. */
  record Edit(WallName name, Optional<Layout> layout, Precondition precondition)
      implements WallMessage {}

  /** The screens of a wall are to show a topic; answered with an {@link Outcome}. */
  record Show(Showing showing) implements WallMessage {}

  /** The screens of a wall in the whole cluster; answered with an {@link Outcome}. */
  record FindScreens(WallName name) implements WallMessage {}

  /** A screen on a connection has reported; not answered. */
  record Reported(String session, ScreenReport report) implements WallMessage {}

  /** A connection that a screen was on has ended; not answered. */
  record Gone(String session) implements WallMessage {}

  /** Walls that are there. */
  record Walls(List<LayoutRecord> records) {
    public Walls {
      records = List.copyOf(records);
    }
  }

  /** What became of a request. */
  sealed interface Outcome {}

  /** It was not done. */
  record Refused(Problem problem) implements Outcome {}

  /**
   * It was done.
   *
   * @param version of the wall that was changed; empty if none was
   * @param body for the client; not to be changed
   */
  record Done(int status, Optional<LayoutVersion> version, JsonObject body) implements Outcome {}
}
