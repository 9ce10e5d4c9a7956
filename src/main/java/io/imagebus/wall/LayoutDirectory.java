package io.imagebus.wall;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/*
 * A record is written to a temporary file, forced to the disk, and renamed over the old one; then
 * the directory is forced. Whenever the machine stops, the file is the old or the new one, whole. A
 * file that is damaged all the same is put aside, not deleted: the other nodes have the record, and
 * a person may want to look.
 */
/**
 * One file for each wall in a directory that one process at a time uses. Its methods block; to be
 * used by one thread at a time.
 */
final class LayoutDirectory implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LayoutDirectory.class);

  private static final String SUFFIX = ".wall";
  private static final String UNFINISHED = ".wall.new";
  private static final String DAMAGED = ".wall.damaged";

  private final Path directory;
  private final FileChannel lock;

  private LayoutDirectory(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Opens a directory, which is made if it is not there.
   *
   * @throws IOException says what cannot be done with it, also that another process has it
   */
  static LayoutDirectory open(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve("lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new LayoutDirectory(directory, channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another node of this process has it.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException(directory + " is used by another node");
  }

  /**
   * All records. What a crash left unfinished is removed, what is damaged is put aside.
   *
   * @throws IOException if files cannot be read, or were written by a newer version
   */
  List<LayoutRecord> load() throws IOException {
    List<LayoutRecord> records = new ArrayList<>();
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(UNFINISHED)) {
        Files.delete(file);
      } else if (name.endsWith(SUFFIX)) {
        read(file, name, records);
      }
    }
    return records;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private void read(Path file, String name, List<LayoutRecord> records) throws IOException {
    try {
      LayoutRecord record = LayoutFile.read(Files.readAllBytes(file));
      if (!name.equals(record.name() + SUFFIX)) {
        throw new IllegalArgumentException("is the file of " + record.name());
      }
      records.add(record);
    } catch (UnsupportedOperationException e) {
      throw new IOException(file + " " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is damaged and put aside: {}", file, e.getMessage());
      String aside = name.substring(0, name.length() - SUFFIX.length()) + DAMAGED;
      Files.move(file, directory.resolve(aside), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Writes a record over its earlier version. When it returns, the record outlives a crash. */
  void write(LayoutRecord record) throws IOException {
    Path unfinished = directory.resolve(record.name() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(LayoutFile.write(record));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        unfinished,
        directory.resolve(record.name() + SUFFIX),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
  }

  /** Removes a record's file. */
  void delete(WallName name) throws IOException {
    Files.deleteIfExists(directory.resolve(name + SUFFIX));
    forceDirectory();
  }

  /** Makes the names in the directory outlive a crash, where the system opens directories. */
  private void forceDirectory() throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
