package io.imagebus.wall;

import io.imagebus.bus.LocalBus;
import io.imagebus.door.ControlSocket;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** The walls' part of the HTTP port on one event loop; to be used there only. */
public final class WallEdge {

  private final WallDoor door;
  private final WallSockets sockets;

  /** The part of one event loop, which must be the current one. */
  public WallEdge(Vertx vertx) {
    LocalBus bus = new LocalBus(vertx);
    door = new WallDoor(bus);
    sockets = new WallSockets(bus);
    sockets.start();
  }

  /** Adds the routes. */
  public void mount(Router router) {
    door.mount(router);
  }

  /**
   * Answers to a control socket about walls.
   *
   * @param session of the connection, unique
   */
  public void attach(ControlSocket socket, String session) {
    sockets.attach(socket, session);
  }
}
