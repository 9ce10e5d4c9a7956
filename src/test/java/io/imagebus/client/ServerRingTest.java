package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerRingTest {

  private static final ServerUrl A = ServerUrl.parse("a:1");
  private static final ServerUrl B = ServerUrl.parse("b:1");
  private static final ServerUrl C = ServerUrl.parse("c:1");

  private static List<ServerUrl> turns(ServerRing ring, int count) {
    return Stream.generate(ring::next).limit(count).toList();
  }

  @Test
  void next_twoGiven_takesTurns() {
    assertThat(turns(new ServerRing(List.of(A, B)), 3)).containsExactly(A, B, A);
  }

  @Test
  void learn_welcomeNamesMore_theCurrentOneComesLast() {
    ServerRing ring = new ServerRing(List.of(A, B));
    ring.learn(List.of(B, C), A);

    assertThat(turns(ring, 4)).containsExactly(B, C, A, B);
  }

  @Test
  void learn_welcomeNamesOthers_formerNamesAreForgottenAndGivenOnesKept() {
    ServerRing ring = new ServerRing(List.of(A));
    ring.learn(List.of(B), A);
    ring.learn(List.of(C), B);

    assertThat(turns(ring, 2)).containsExactly(A, C);
  }
}
