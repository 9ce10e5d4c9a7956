package io.imagebus.config;

/** What one picture may be, and how it is cut. */
@Section("What one picture may be, and how it is cut into chunks.")
public record Frames(
    @Key(
            preset = "16MiB",
            min = 1_024,
            max = 268_435_456,
            doc = "Largest encoded picture. A larger one is refused and counted.")
        int maxBytes,
    @Key(
            preset = "100000000",
            min = 1,
            max = 1_000_000_000,
            doc =
                "Largest picture in pixels (width times height). It bounds what decoding costs: a"
                    + " small file can claim a huge picture.")
        int maxPixels,
    @Key(
            preset = "128KiB",
            min = 4_096,
            max = 1_048_576,
            doc =
                "Longest chunk of a picture. Smaller chunks share a display's socket more evenly;"
                    + " larger ones cost less work for each byte.")
        int chunkBytes) {

  public Frames {
    new Constraints(Frames.class, maxBytes, maxPixels, chunkBytes).enforce();
  }
}
