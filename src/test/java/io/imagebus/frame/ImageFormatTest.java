package io.imagebus.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImageFormatTest {

  @Test
  void fromContentType_ownContentType_isTheFormat() {
    for (ImageFormat format : ImageFormat.values()) {
      assertThat(ImageFormat.fromContentType(format.contentType())).contains(format);
    }
  }

  @Test
  void fromContentType_parametersAndCase_doNotMatter() {
    assertThat(ImageFormat.fromContentType(" Image/JPEG ; q=1")).contains(ImageFormat.JPEG);
    assertThat(ImageFormat.fromContentType("IMAGE/webp;x")).contains(ImageFormat.WEBP);
  }

  @Test
  void fromContentType_somethingElse_isEmpty() {
    assertThat(ImageFormat.fromContentType("")).isEmpty();
    assertThat(ImageFormat.fromContentType("image/gif")).isEmpty();
    assertThat(ImageFormat.fromContentType("image/jpegs")).isEmpty();
  }

  @Test
  void fileExtension_ofEachFormat_isTheUsualOne() {
    assertThat(ImageFormat.values())
        .extracting(ImageFormat::fileExtension)
        .containsExactly("jpg", "png", "webp");
  }
}
