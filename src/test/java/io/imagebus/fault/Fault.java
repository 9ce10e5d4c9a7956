package io.imagebus.fault;

/**
 * Something that breaks and can be mended again. Injected and healed in turn, by one thread, as
 * often as one likes.
 */
interface Fault {

  /** Number in the matrix, such as {@code F6}. */
  String row();

  /** What is broken where, for people. */
  String what();

  /** Breaks it. */
  void inject() throws Exception;

  /** Mends it; returns when the cause is gone, not when its effects are. */
  void heal() throws Exception;
}
