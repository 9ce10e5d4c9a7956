package io.imagebus.wall;

import io.imagebus.frame.TopicFilter;

/**
 * One place of a wall and what is seen there.
 *
 * @param topic a topic, or a filter whose topics take turns
 * @param title shown instead of the topic; may be empty
 * @param cell where it is
 */
record Tile(TopicFilter topic, String title, Cell cell) {}
