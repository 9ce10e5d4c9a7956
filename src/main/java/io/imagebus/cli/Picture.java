package io.imagebus.cli;

import io.imagebus.frame.ImageFormat;
import io.vertx.core.buffer.Buffer;

/** One encoded picture to be published. */
record Picture(Buffer bytes, ImageFormat format) {}
