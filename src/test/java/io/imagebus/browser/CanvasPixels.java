package io.imagebus.browser;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.Base64;

/** What is on a canvas of a page, as its user sees it. */
public final class CanvasPixels {

  /** How soon a picture is on the canvas after the page has said so: a worker may have drawn it. */
  private static final Duration DRAWN = Duration.ofSeconds(10);

  /** Against what the same browser makes of the bytes, in the canvas's size. */
  private static final String DISTANCE =
      """
      async (canvas, base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
        const { width, height } = canvas;
        const pixels = (source) => {
          const copy = new OffscreenCanvas(width, height).getContext('2d', { alpha: false });
          copy.imageSmoothingQuality = 'medium';
          copy.drawImage(source, 0, 0, width, height);
          return copy.getImageData(0, 0, width, height).data;
        };
        const wanted = pixels(bitmap);
        const shown = pixels(canvas);
        let sum = 0;
        for (let i = 0; i < wanted.length; i++) {
          sum += Math.abs(wanted[i] - shown[i]);
        }
        return sum / wanted.length;
      }""";

  private static final String DIGEST =
      """
      (canvas) => {
        const { width, height } = canvas;
        const copy = new OffscreenCanvas(width, height)
            .getContext('2d', { alpha: false, willReadFrequently: true });
        copy.drawImage(canvas, 0, 0);
        const pixels = new Uint32Array(copy.getImageData(0, 0, width, height).data.buffer);
        let digest = width * 31 + height;
        for (let i = 0; i < pixels.length; i++) {
          digest = (Math.imul(digest, 31) + pixels[i]) | 0;
        }
        return digest;
      }""";

  private final Locator canvas;

  private CanvasPixels(Locator canvas) {
    this.canvas = canvas;
  }

  /** Of the canvas that a locator finds, also in a shadow tree. */
  public static CanvasPixels of(Locator canvas) {
    return new CanvasPixels(canvas);
  }

  /**
   * How far the canvas is from a JPEG: mean difference of the colours' bytes, 0 if it shows exactly
   * what this browser makes of the JPEG, to 255.
   */
  public double distanceFrom(byte[] jpeg) {
    String base64 = Base64.getEncoder().encodeToString(jpeg);
    return ((Number) canvas.evaluate(DISTANCE, base64)).doubleValue();
  }

  /** Waits until the canvas shows a JPEG, no further from it than this. */
  public void awaitPicture(byte[] jpeg, double mostDistance) {
    await()
        .pollInSameThread()
        .atMost(DRAWN)
        .until(() -> distanceFrom(jpeg), distance -> distance <= mostDistance);
  }

  /** Width and height in pixels, such as {@code 640×360}. */
  public String size() {
    return (String) canvas.evaluate("({ width, height }) => `${width}×${height}`");
  }

  /** A number for the picture; another picture very likely has another one. */
  public long digest() {
    return ((Number) canvas.evaluate(DIGEST)).longValue();
  }
}
