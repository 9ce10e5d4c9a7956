package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerRingTest {

  private static final ServerUrl A = ServerUrl.parse("a:1");
  private static final ServerUrl B = ServerUrl.parse("b:1");
  private static final ServerUrl C = ServerUrl.parse("c:1");

  private static ServerRing ring(ServerUrl... given) {
    return new ServerRing(List.of(given), new Random(42));
  }

  private static List<ServerUrl> turns(ServerRing ring, int count) {
    return Stream.generate(ring::next).limit(count).toList();
  }

  @Test
  void next_twoGiven_takesTurns() {
    assertThat(turns(ring(A, B), 3)).containsExactly(A, B, A);
  }

  @Test
  void learn_welcomeNamesMore_theCurrentOneComesLast() {
    ServerRing ring = ring(A, B);
    ring.learn(List.of(B, C), A);

    List<ServerUrl> turns = turns(ring, 4);
    assertThat(turns.subList(0, 2)).containsExactlyInAnyOrder(B, C);
    assertThat(turns.get(2)).isEqualTo(A);
    assertThat(turns.get(3)).isEqualTo(turns.get(0));
  }

  @Test
  void learn_manyClientsOfOneNode_spreadOverTheOthers() {
    Random random = new Random(42);
    Map<ServerUrl, Integer> first = new HashMap<>();
    for (int client = 0; client < 500; client++) {
      ServerRing ring = new ServerRing(List.of(A, B, C), random);
      ring.learn(List.of(B, C), A);
      first.merge(ring.next(), 1, Integer::sum);
    }

    assertThat(first.keySet()).containsExactlyInAnyOrder(B, C);
    assertThat(first.values()).allMatch(clients -> clients > 200);
  }

  @Test
  void hasOthers_nobodyButTheCurrentOne_isFalse() {
    ServerRing ring = ring(A);
    ring.learn(List.of(A), A);
    assertThat(ring.hasOthers()).isFalse();

    ring.learn(List.of(B), A);
    assertThat(ring.hasOthers()).isTrue();
  }

  @Test
  void learn_welcomeNamesOthers_formerNamesAreForgottenAndGivenOnesKept() {
    ServerRing ring = ring(A);
    ring.learn(List.of(B), A);
    ring.learn(List.of(C), A);

    assertThat(turns(ring, 3)).containsExactly(C, A, C);
  }
}
