package io.imagebus.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicAccountTest {

  private final TopicAccount account = new TopicAccount();

  @Test
  void stale_whileAStreamIsFollowedAndAfterItsEnd_isCounted() {
    account.tracker().announce(1, 0, 0, 0);
    account.stale(1);
    assertThat(account.counts().stale()).isEqualTo(1);

    account.close(2);
    account.stale(3);
    assertThat(account.counts().stale()).isEqualTo(2);
    assertThat(account.isOpen()).isFalse();
    assertThat(account.counts().holdsIdentity()).isTrue();
  }
}
