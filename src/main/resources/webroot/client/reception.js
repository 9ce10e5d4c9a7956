/**
 * What a page receives: its topics, and which stream of the connection belongs to which of them.
 *
 * @module reception
 */

import { readChunk } from '../chunk.js';

/** @typedef {import('./channel.js').Channel} Channel */

export class Reception {
  /** @type {Map<string, Channel>} by topic; they stay, for their counters */
  #channels = new Map();
  /** @type {Map<bigint, Channel>} by the stream that each shows on this connection */
  #streams = new Map();
  #make;
  /** Chunks whose header was damaged: they belong to nobody. */
  unattributable = 0;

  /** @param {(topic: string) => Channel} make called once for each topic */
  constructor(make) {
    this.#make = make;
  }

  /** @returns {Channel[]} */
  get channels() {
    return [...this.#channels.values()];
  }

  /** @returns {Channel} of a topic, made if it was never heard of */
  of(topic) {
    let channel = this.#channels.get(topic);
    if (!channel) {
      channel = this.#make(topic);
      this.#channels.set(topic, channel);
    }
    return channel;
  }

  /** Whether the node has announced a stream of the topic on this connection. */
  hasStream(channel) {
    return this.#streams.get(channel.feed.stream) === channel;
  }

  /**
   * Takes a control message about a stream; others are left alone.
   *
   * @param {object} message
   * @param {number} maxFrameBytes
   * @param {number} nowMillis
   */
  control(message, maxFrameBytes, nowMillis) {
    switch (message.type) {
      case 'stream':
        this.#begin(message, maxFrameBytes, nowMillis);
        break;
      case 'skip':
        this.#feedOf(message.stream)?.skip(message, nowMillis);
        break;
      case 'heartbeat':
        for (const beat of message.streams) {
          this.#feedOf(beat.stream)?.heartbeat(beat, nowMillis);
        }
        break;
      case 'ended':
        this.#feedOf(message.stream)?.end(message, nowMillis);
        break;
    }
  }

  #begin(message, maxFrameBytes, nowMillis) {
    const channel = this.of(message.topic);
    if (!channel.isWanted) {
      return;
    }
    const stream = BigInt(`0x${message.stream}`);
    if (channel.feed.stream !== stream) {
      this.#streams.delete(channel.feed.stream);
    }
    this.#streams.set(stream, channel);
    channel.variant = message.variant ?? 'source';
    channel.feed.begin(stream, message, maxFrameBytes, nowMillis);
  }

  /**
   * Takes a chunk.
   *
   * @param {ArrayBuffer} bytes
   * @param {number} nowMillis
   */
  chunk(bytes, nowMillis) {
    const chunk = readChunk(bytes);
    if (chunk === null) {
      this.unattributable++;
    } else {
      this.#streams.get(chunk.stream)?.feed.chunk(chunk, nowMillis);
    }
  }

  /** Nobody wants the topic for now: what still comes of it is nobody's. */
  rest(channel, nowMillis) {
    this.#streams.delete(channel.feed.stream);
    channel.rest(nowMillis);
  }

  /** The connection is gone. */
  disconnect(nowMillis) {
    this.#streams.clear();
    this.#channels.forEach(({ feed }) => feed.disconnect(nowMillis));
  }

  /** Another node takes over from the connected one. */
  move(nowMillis) {
    this.#streams.clear();
    this.#channels.forEach(({ feed }) => feed.move(nowMillis));
  }

  /** Lets time pass. */
  tick(nowMillis) {
    this.#channels.forEach(({ feed }) => feed.tick(nowMillis));
  }

  #feedOf(streamText) {
    return this.#streams.get(BigInt(`0x${streamText}`))?.feed;
  }
}
