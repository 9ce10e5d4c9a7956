package io.imagebus.ingest;

import io.imagebus.chunk.FrameAssembler;
import io.imagebus.image.PictureLimits;

/**
 * The bounds of ingest.
 *
 * @param pictures what a picture may be
 * @param chunkBytes payload bytes of the chunks that ingest cuts
 * @param assembly unfinished frames of one publisher of chunks
 * @param postedIdleNanos a topic fed by single requests is closed after this silence
 * @param retentionNanos the account of a topic that nobody publishes is forgotten after this
 */
public record IngestSettings(
    PictureLimits pictures,
    int chunkBytes,
    FrameAssembler.Limits assembly,
    long postedIdleNanos,
    long retentionNanos) {}
