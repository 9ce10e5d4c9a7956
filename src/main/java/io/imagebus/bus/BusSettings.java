package io.imagebus.bus;

/**
 * The bounds of the bus on one node.
 *
 * @param http how others reach this node's HTTP port; told to clients for reconnecting
 * @param windowBytes credit window of a link to another node
 * @param queueBytes frames that wait for credit on one link
 * @param maxAgeMillis older frames are not sent and not handed on
 * @param degradedAfterMillis a link that acknowledges nothing for so long is called degraded
 * @param stageQueueBytes frames that wait for a stage of this node, and as much again in its hands
 * @param maxFrameBytes longest picture
 * @param assemblyBytes unfinished frames of one stream from another node
 * @param retentionSeconds a topic that is over is forgotten after this
 * @param staleAfterMillis a stream without a new frame for so long is stale
 * @param lastFramesBytes last frames of all topics, kept for late joiners
 * @param maxStreams streams that this node numbers
 * @param repair of which topics missing chunks are asked for again, and what that may cost
 */
public record BusSettings(
    HttpAddress http,
    long windowBytes,
    long queueBytes,
    long maxAgeMillis,
    long degradedAfterMillis,
    long stageQueueBytes,
    int maxFrameBytes,
    long assemblyBytes,
    long retentionSeconds,
    long staleAfterMillis,
    long lastFramesBytes,
    int maxStreams,
    RepairSettings repair) {}
