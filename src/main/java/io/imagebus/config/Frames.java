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
            preset = "16384",
            min = 1,
            max = 65_535,
            doc =
                "Longest width or height of a picture, in pixels. Browsers do not show more, and a"
                    + " row of that length is what a decoder works on.")
        int maxSidePixels,
    @Key(
            preset = "64",
            min = 1,
            max = 1_000,
            doc =
                "Most scans of a progressive JPEG. Each is a pass of a decoder over the whole"
                    + " picture, however few bytes it has; usual files have 10.")
        int maxScans,
    @Key(
            preset = "128KiB",
            min = 4_096,
            max = 1_048_576,
            doc =
                "Longest chunk of a picture. Smaller chunks share a display's socket more evenly;"
                    + " larger ones cost less work for each byte.")
        int chunkBytes) {

  public Frames {
    new Constraints(Frames.class, maxBytes, maxPixels, maxSidePixels, maxScans, chunkBytes)
        .enforce();
  }
}
