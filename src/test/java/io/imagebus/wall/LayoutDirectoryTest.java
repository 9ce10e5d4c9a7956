package io.imagebus.wall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutDirectoryTest {

  private static final WallName LOBBY = new WallName("lobby");

  @TempDir private Path temp;
  private Path path;
  private LayoutDirectory directory;

  @BeforeEach
  void open() throws IOException {
    path = temp.resolve("made").resolve("by-the-node");
    directory = LayoutDirectory.open(path);
  }

  @AfterEach
  void close() throws IOException {
    directory.close();
  }

  private void reopen() throws IOException {
    directory.close();
    directory = LayoutDirectory.open(path);
  }

  private static LayoutRecord record(long edit, String topic) {
    TreeMap<String, Long> seen = new TreeMap<>();
    seen.put("writer-before", 3L);
    return new LayoutRecord(
        LOBBY, new LayoutVersion(edit, "writer", seen), Optional.of(Layouts.of(topic)));
  }

  @Test
  void records_areThereAgain_afterARestart() throws IOException {
    LayoutRecord removed =
        new LayoutRecord(new WallName("yard"), LayoutVersion.first(5, "w"), Optional.empty());
    directory.write(record(4, "old"));
    directory.write(record(7, "hall/ä\u2028\"x"));
    directory.write(removed);
    reopen();
    assertThat(directory.load()).containsExactly(record(7, "hall/ä\u2028\"x"), removed);
    directory.delete(LOBBY);
    reopen();
    assertThat(directory.load()).containsExactly(removed);
  }

  @Test
  void crashBetweenWritingAndRenaming_leavesTheOldRecord() throws IOException {
    directory.write(record(4, "old"));
    byte[] next = LayoutFile.write(record(5, "new"));
    for (int written : new int[] {0, 1, next.length / 2, next.length}) {
      Files.write(path.resolve("lobby.wall.new"), Arrays.copyOf(next, written));
      reopen();
      assertThat(directory.load()).as("%s bytes", written).containsExactly(record(4, "old"));
      assertThat(path.resolve("lobby.wall.new")).doesNotExist();
    }
    Files.write(path.resolve("yard.wall.new"), next);
    assertThat(directory.load()).containsExactly(record(4, "old"));
  }

  @Test
  void damagedFile_isPutAside_andTheOthersAreRead() throws IOException {
    directory.write(record(4, "a"));
    byte[] good = Files.readAllBytes(path.resolve("lobby.wall"));
    Files.write(path.resolve("another.wall"), good);
    Files.write(path.resolve("cut.wall"), Arrays.copyOf(good, good.length / 2));
    assertThat(directory.load()).containsExactly(record(4, "a"));
    assertThat(path.resolve("another.wall")).doesNotExist();
    assertThat(path.resolve("another.wall.damaged")).hasBinaryContent(good);
    assertThat(path.resolve("cut.wall.damaged")).exists();
    assertThat(directory.load()).containsExactly(record(4, "a"));
  }

  @Test
  void everyByteThatIsWrong_andEveryByteThatIsMissing_isFound() {
    byte[] good = LayoutFile.write(record(4, "site/gate"));
    assertThat(LayoutFile.read(good)).isEqualTo(record(4, "site/gate"));
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      assertThatThrownBy(() -> LayoutFile.read(bad))
          .as("byte %s", at)
          .isInstanceOfAny(IllegalArgumentException.class, UnsupportedOperationException.class);
      byte[] cut = Arrays.copyOf(good, at);
      assertThatIllegalArgumentException()
          .as("%s bytes", at)
          .isThrownBy(() -> LayoutFile.read(cut));
    }
  }

  @Test
  void fileOfANewerVersion_stopsTheStart_andStays() throws IOException {
    Path file = path.resolve("lobby.wall");
    Files.writeString(file, "imagebus-wall 2 00000000\n{}\n");
    assertThatIOException()
        .isThrownBy(() -> directory.load())
        .withMessageContaining("lobby.wall")
        .withMessageContaining("imagebus-wall 2");
    assertThat(file).exists();
  }

  @Test
  void directory_isForOneNodeAtATime() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> LayoutDirectory.open(path))
        .withMessageContaining("used by another node");
    reopen();
  }

  @Test
  void filesOfOthers_areLeftAlone() throws IOException {
    Files.writeString(path.resolve("README"), "not ours");
    assertThat(directory.load()).isEmpty();
    assertThat(path.resolve("README")).exists();
  }
}
