package io.imagebus.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One run of the built jar in a JVM of its own, with what it writes. Thread-safe. To be closed,
 * which kills it if it still runs.
 */
public final class Program implements AutoCloseable {

  /** The young generation is soon touched as a whole; from then on memory grows by what stays. */
  private static final List<String> MEMORY = List.of("-Xmx256m", "-Xmn64m", "-XX:+UseSerialGC");

  private static final int EXIT_SECONDS = 10;

  private final Process process;
  private final OutputLines out;
  private final OutputLines err;

  private Program(Process process) {
    this.process = process;
    this.out = read(process.inputReader(StandardCharsets.UTF_8), "stdout");
    this.err = read(process.errorReader(StandardCharsets.UTF_8), "stderr");
  }

  private OutputLines read(BufferedReader reader, String name) {
    OutputLines lines = new OutputLines();
    Thread thread = new Thread(() -> reader.lines().forEach(lines::add), name + process.pid());
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((broken, failure) -> lines.add("stream closed: " + failure));
    thread.start();
    return lines;
  }

  /** Runs {@code imagebus} with these arguments. */
  public static Program start(String... arguments) throws IOException {
    List<String> options = new ArrayList<>(MEMORY);
    options.addAll(ClassArchive.options(jar()));
    return run(jar(), List.of(), options, arguments);
  }

  /**
   * Runs {@code imagebus} somewhere else, on a JVM as a user has it: one that maps an archive of
   * classes does later what others do when they start, and its heap grows by 2 MB meanwhile.
   *
   * @param prefix a command that replaces itself by the one that follows it, such as {@code ip
   *     netns exec}
   * @param memory the JVM's options
   */
  public static Program startIn(List<String> prefix, List<String> memory, String... arguments)
      throws IOException {
    return run(jar(), prefix, memory, arguments);
  }

  private static Path jar() {
    return Path.of(System.getProperty("imagebus.jar", "target/imagebus.jar"));
  }

  static Program run(Path jar, List<String> prefix, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("IMAGEBUS_"));
    return new Program(builder.start());
  }

  /** What it wrote to standard output. */
  public OutputLines out() {
    return out;
  }

  /** What it wrote to standard error. */
  public OutputLines err() {
    return err;
  }

  /** The processes that it has started and that still run. */
  public List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public int awaitExit(Duration atMost) throws InterruptedException {
    boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(ended).as("ended within %s\n%s", atMost, err).isTrue();
    return process.exitValue();
  }

  /** Sends a signal: {@code TERM}, {@code INT}, {@code STOP} or {@code CONT}. */
  public void signal(String name) throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }

  /** As {@code kill -9}; returns when it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  /** Resident memory, of Linux's own count. */
  public long residentBytes() throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
        .findFirst()
        .orElseThrow();
  }

  /** Threads of the process. */
  public long threads() {
    return entries("task");
  }

  /** Open file descriptors of the process. */
  public long descriptors() {
    return entries("fd");
  }

  private long entries(String directory) {
    String[] names = new File("/proc/" + process.pid() + "/" + directory).list();
    assertThat(names).as("process %s", process.pid()).isNotNull();
    return names.length;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(EXIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
