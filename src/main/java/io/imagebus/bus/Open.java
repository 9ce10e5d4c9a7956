package io.imagebus.bus;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.StreamId;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;
import java.util.Optional;

/**
 * A stage asks for a stream on a topic; answered with its {@link StreamInfo}.
 *
 * @param source the stream that it is made of, if it is made of one
 */
record Open(
    String address, Topic topic, Variant variant, ImageFormat format, Optional<StreamId> source) {}
