package io.imagebus.cli;

import io.imagebus.client.ConnectionListener;
import io.imagebus.client.ConnectionState;
import io.imagebus.client.ServerUrl;

/** Tells the user when the connection is lost and found. Owned by one event loop. */
final class ConnectionNotes implements ConnectionListener {

  private final StatusLine status;
  private boolean wasLost;
  private ConnectionState state = ConnectionState.IDLE;

  ConnectionNotes(StatusLine status) {
    this.status = status;
  }

  @Override
  public void onState(ConnectionState next, ServerUrl server, String why) {
    if (next == ConnectionState.WAITING && state == ConnectionState.ONLINE) {
      wasLost = true;
      status.note(server + ": " + why + "; reconnecting");
    } else if (next == ConnectionState.ONLINE && wasLost) {
      status.note("connected to " + server);
    }
    state = next;
  }

  @Override
  public void onError(String code, String message) {
    status.note("the node says " + code + ": " + message);
  }

  /** The state in a word. */
  String word() {
    return switch (state) {
      case ONLINE -> "online";
      case IDLE, CONNECTING -> "connecting";
      case WAITING -> "reconnecting";
      case CLOSED -> "closed";
    };
  }
}
