package io.imagebus.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/*
 * Java's own reaction to a signal is to run the shutdown hooks, once: while they run, further
 * signals do nothing. sun.misc.Signal, of the supported module jdk.unsupported, changes that; by
 * name, because javac warns of each use of it.
 */
/** Ends the process at once when Ctrl-C or SIGTERM comes again. */
final class SecondSignal {

  /** 128 and the number of the signal, as the first one would have it. */
  private static final Map<String, Integer> EXIT_CODES = Map.of("INT", 130, "TERM", 143);

  private SecondSignal() {}

  /** To be called when the first signal has come; a JVM that cannot goes without. */
  static void endsAtOnce() {
    EXIT_CODES.forEach(SecondSignal::halt);
  }

  private static void halt(String name, int exitCode) {
    InvocationHandler halts =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handle")) {
            Runtime.getRuntime().halt(exitCode);
          }
          return null;
        };
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object halting =
          Proxy.newProxyInstance(
              SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, halts);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), halting);
    } catch (ReflectiveOperationException e) {
      // The first signal's time limit has to do.
      return;
    }
  }
}
