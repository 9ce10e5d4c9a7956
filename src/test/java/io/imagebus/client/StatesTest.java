package io.imagebus.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatesTest {

  @Test
  void publicationOver_anyTransition_throws() {
    for (PublicationState next : PublicationState.values()) {
      assertThatThrownBy(() -> PublicationState.FAILED.become(next))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void publicationUnopened_toOpenWithoutAsking_throws() {
    assertThatThrownBy(() -> PublicationState.UNOPENED.become(PublicationState.OPEN))
        .hasMessageContaining("UNOPENED cannot become OPEN");
  }

  @Test
  void clientClosed_toConnecting_throws() {
    assertThatThrownBy(() -> ConnectionState.CLOSED.become(ConnectionState.CONNECTING))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ConnectionState.WAITING.become(ConnectionState.CONNECTING))
        .isEqualTo(ConnectionState.CONNECTING);
  }
}
