package io.imagebus.bus;

import io.imagebus.frame.ImageFormat;
import io.imagebus.frame.Topic;
import io.imagebus.frame.Variant;

/** Ingest asks for a stream on a topic; answered with its {@link StreamInfo}. */
record Open(String address, Topic topic, Variant variant, ImageFormat format) {}
