package io.imagebus.bus;

import java.util.List;
import java.util.function.Consumer;

/** Which nodes the cluster consists of; from Hazelcast, or nobody but this node. */
public interface Membership {

  /** This node's id; a UUID. */
  String self();

  /** The ids of all members, this node's included, as known now. */
  List<String> members();

  /** Calls back, on whatever thread, when a member has left. */
  void onLeft(Consumer<String> listener);

  /** Whether there can be other nodes at all. */
  boolean isClustered();

  /** The membership of a node that stands alone. */
  static Membership alone(String self) {
    return new Membership() {
      @Override
      public String self() {
        return self;
      }

      @Override
      public List<String> members() {
        return List.of(self);
      }

      @Override
      public void onLeft(Consumer<String> listener) {
        // Nobody else is there to leave.
      }

      @Override
      public boolean isClustered() {
        return false;
      }
    };
  }
}
