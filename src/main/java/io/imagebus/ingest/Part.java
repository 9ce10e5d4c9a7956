package io.imagebus.ingest;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One picture of a multipart body.
 *
 * @param captureMicros the sender's {@code X-Timestamp}, microseconds since 1970-01-01 UTC
 * @param contentType the part's {@code Content-Type}, as sent
 */
public record Part(Buffer body, OptionalLong captureMicros, Optional<String> contentType) {}
