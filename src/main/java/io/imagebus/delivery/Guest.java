package io.imagebus.delivery;

/** One who wants all rooms that match a filter. Compared by identity. */
interface Guest {

  /** A room that matches is there; said once for each room and guest. */
  void enter(StreamRoom room);
}
