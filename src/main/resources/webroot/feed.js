/**
 * One topic as this page receives it over its socket: counts its chunks, puts its frames together and
 * hands them on to be shown.
 *
 * @module feed
 */

import { Absence } from './absence.js';
import { FrameAssembler } from './chunk.js';
import { FrameAccount } from './frames.js';
import { LatencySamples } from './latency.js';
import { LeftStreams } from './left-streams.js';
import { PictureState } from './picture-state.js';
import { SequenceTracker } from './sequence.js';

/**
 * @typedef {object} Picture
 * @property {?number} number of its frame; null if the door does not tell it
 * @property {Uint8Array[]} parts
 * @property {number} captureMicros since 1970 UTC
 * @property {string} contentType
 * @property {() => number} ageMillis time since it was captured, when asked
 * @property {(drawn: boolean, nowMillis?: number) => void} done called when it was drawn, or cannot be
 */

/** Verdicts of chunks that may still be part of a picture. */
const USABLE = new Set(['fresh', 'repaired', 'late', 'parked']);

/** Ends after which nobody knows how much was still to come. */
const UNKNOWN_ENDS = new Set(['node-lost', 'unknown']);

/** Counters of a receiver report. */
const REPORTED = [
  'received',
  'lost',
  'duplicate',
  'late',
  'corrupt',
  'skipped',
  'reordered',
  'stale',
  'unknownTails',
];

const NOTHING = Object.freeze({ lost: 0, corrupt: 0 });

export class Feed {
  /** @type {?bigint} the stream that is shown */
  stream = null;
  #contentType = '';
  #tracker = new SequenceTracker();
  #assembler = new FrameAssembler(0);
  #latency = new LatencySamples();
  /** Counts of earlier connections. */
  #before = { ...NOTHING };
  #countsAtBegin = this.#tracker.counts;
  /** Frames left out, by reason. @type {Map<string, number>} */
  #skipped = new Map();
  #skippedFrames = 0;
  #receivedFrames = 0;
  #receivedBytes = 0;
  /** The number after the last of the stream that came or was told of.
   *  @type {bigint} */
  #next = 0n;
  #absence = new Absence();
  #framesShown = 0;
  #frames = new FrameAccount();
  #left = new LeftStreams();
  /** What was counted of the stream on this connection before the node turned to it again.
   *  @type {?object} */
  #earlier = null;
  #newestFrame = -1;
  /** The next picture may have been waiting on the node for long. */
  #retained = true;
  /** Whether the stream was announced on this connection. */
  #begun = false;
  /** What passed since was not asked for. */
  #rested = false;
  /** The stream that this one was made of: its frames have the same numbers. */
  #source = '';

  /**
   * @param {string} topic
   * @param {(picture: Picture) => void} show
   * @param {import('./clock.js').NodeClock} clock
   * @param {(message: object) => void} send
   * @param {PictureState} [picture]
   */
  constructor(topic, show, clock, send, picture = new PictureState()) {
    this.topic = topic;
    this.show = show;
    this.clock = clock;
    this.send = send;
    this.picture = picture;
  }

  /** The stream as control messages write it; null before the first. */
  get streamText() {
    return this.stream === null ? null : textOf(this.stream);
  }

  /**
   * A stream begins, or a new connection goes on with one. What passed between is neither lost nor
   * skipped: nobody was there to get it.
   *
   * @param {bigint} stream
   * @param {{contentType: string, first: number, total?: number}} message
   * @param {number} maxFrameBytes
   * @param {number} nowMillis
   */
  begin(stream, message, maxFrameBytes, nowMillis) {
    const another = stream !== this.stream;
    if (another) {
      if (this.#begun) {
        // The tracker settles the old stream first, so that the last word on it is complete.
        this.#tracker.turnTo(stream, BigInt(message.first), message.total ?? 0, nowMillis);
        this.#reports().forEach((word) => this.#left.leave(word));
      }
      // A picture in another size may be the one that is on the screen, but none before it.
      this.#newestFrame = message.source && message.source === this.#source ? this.#newestFrame - 1 : -1;
      this.#latency = new LatencySamples();
      this.#earlier = this.#left.turnTo(textOf(stream));
      this.#framesShown = this.#earlier?.shown ?? 0;
    }
    if (another || !this.#begun) {
      this.#assembler = new FrameAssembler(maxFrameBytes);
      this.#retained = true;
      this.#frames = new FrameAccount();
      this.#countsAtBegin = { ...this.#tracker.counts };
    }
    const first = BigInt(message.first);
    if (!another && !this.#begun && !this.#rested && first > this.#next) {
      this.#absence.passed(this.#next, first - 1n, nowMillis);
    }
    this.#next = another || first > this.#next ? first : this.#next;
    this.stream = stream;
    this.#source = message.source ?? '';
    this.#begun = true;
    this.#rested = false;
    this.picture.announced();
    this.#contentType = message.contentType;
    this.#tracker.turnTo(stream, first, message.total ?? 0, nowMillis);
  }

  /**
   * @param {import('./chunk.js').Chunk} chunk
   * @param {number} nowMillis
   */
  chunk(chunk, nowMillis) {
    const { stream, sequence, good } = chunk;
    const verdict = this.#tracker.chunk(stream, sequence, good, null, nowMillis);
    this.#heardOf(sequence + 1n);
    if (!good) {
      // Its frame cannot be shown; the node is not to wait for that.
      this.#acknowledge(chunk.frame);
      return;
    }
    if (!USABLE.has(verdict)) {
      return;
    }
    const frame = this.#assembler.add(chunk, nowMillis);
    if (frame) {
      this.#frames.whole(frame.number);
      this.#offer(frame, nowMillis);
    }
  }

  #offer(frame, nowMillis) {
    if (frame.number <= this.#newestFrame) {
      // A new connection begins with the last picture, which is on the screen already: not news.
      this.picture.again(nowMillis);
      this.#acknowledge(frame.number);
      return;
    }
    this.#newestFrame = frame.number;
    this.#receivedFrames++;
    this.#receivedBytes += frame.parts.reduce((bytes, part) => bytes + part.length, 0);
    const ageMicros = () => this.clock.nowMicros() - frame.captureMicros;
    const retained = this.#retained;
    const stream = this.stream;
    this.#retained = false;
    this.show({
      number: frame.number,
      parts: frame.parts,
      captureMicros: frame.captureMicros,
      contentType: this.#contentType,
      ageMillis: () => ageMicros() / 1000,
      done: (drawn, doneMillis = performance.now()) => {
        if (stream === this.stream) {
          this.#onDone(frame, drawn, ageMicros(), retained, doneMillis);
        }
      },
    });
  }

  /** A picture that cannot be drawn is acknowledged too, or the node would wait for it. */
  #onDone({ number, checksum }, drawn, latencyMicros, retained, nowMillis) {
    if (drawn) {
      this.#framesShown++;
      this.#latency.add(latencyMicros);
      this.picture.picture(checksum, retained ? Math.max(0, latencyMicros) / 1000 : 0, nowMillis);
    }
    this.#acknowledge(number);
  }

  #acknowledge(frame) {
    this.send({ type: 'ack', stream: this.streamText, frame });
  }

  /** @param {{from: number, to: number, frames: number, total: number, reason?: string}} message */
  skip(message, nowMillis) {
    const reason = message.reason ?? 'unknown';
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + message.frames);
    this.#skippedFrames += message.frames;
    this.#frames.announced(message.frames);
    if (reason === 'unchanged' && message.frames > 0) {
      this.picture.unchanged(nowMillis);
    }
    this.#beat(BigInt(message.to) + 1n, message.total, false, nowMillis);
  }

  /** @param {{next: number, total: number, state: 'live' | 'stale' | 'offline'}} beat */
  heartbeat(beat, nowMillis) {
    this.#beat(BigInt(beat.next), beat.total, false, nowMillis);
    this.picture.source(beat.state);
  }

  #heardOf(next) {
    if (next > this.#next) {
      this.#next = next;
    }
  }

  #beat(next, total, end, nowMillis) {
    this.#heardOf(next);
    this.#tracker.heartbeat(this.stream, next, total ?? null, end, nowMillis);
  }

  /**
   * A stream whose node goes down is about to go on as another one: its picture only ages.
   *
   * @param {{next?: number, total?: number, why?: string}} message
   */
  end(message, nowMillis) {
    if (message.next !== undefined) {
      const tailKnown = !UNKNOWN_ENDS.has(message.why);
      this.#beat(BigInt(message.next), message.total, tailKnown, nowMillis);
    }
    if (message.why !== 'drain') {
      this.picture.ended();
    }
  }

  /** The connection is gone: its numbers are settled, the picture stays. */
  disconnect(nowMillis) {
    this.move(nowMillis);
    this.picture.disconnected();
  }

  /** The node has taken the subscription. */
  asked(nowMillis) {
    this.picture.asked(nowMillis);
  }

  /** Nobody looks: nothing is asked for until somebody does again. What passes is not missed. */
  rest(nowMillis) {
    this.move(nowMillis);
    this.#rested = true;
    this.picture.rest();
  }

  /** Another node takes over from the connected one, which has done its part. */
  move(nowMillis) {
    if (this.#begun) {
      this.#absence.leave(nowMillis);
    }
    this.#tracker.unsubscribe();
    this.#before = this.totals();
    this.#tracker = new SequenceTracker();
    this.#begun = false;
    this.#left.clear();
    this.#earlier = null;
  }

  /**
   * What came of the topic since the page is open.
   *
   * @returns {{lost: number, corrupt: number, skipped: number, reasons: Map<string, number>,
   *   missed: number, missedNumbers: string, received: number, bytes: number,
   *   latencyMicros: ?number, errorMicros: number}} chunks lost and corrupt, frames skipped and
   *   received, numbers missed, and how far the clocks of page and node may differ
   */
  totals() {
    const { lost, corrupt } = this.#tracker.counts;
    return {
      lost: this.#before.lost + lost,
      corrupt: this.#before.corrupt + corrupt,
      skipped: this.#skippedFrames,
      reasons: this.#skipped,
      missed: this.#absence.count,
      missedNumbers: this.#absence.numbers,
      received: this.#receivedFrames,
      bytes: this.#receivedBytes,
      latencyMicros: this.#latency.lastMicros,
      errorMicros: this.clock.errorMicros(),
    };
  }

  /** Lets time pass. */
  tick(nowMillis) {
    this.#tracker.tick(nowMillis);
    const abandoned = this.#assembler.tick(nowMillis);
    if (abandoned !== null && this.#begun) {
      this.#acknowledge(abandoned);
    }
  }

  /**
   * This topic's part of a receiver report: its stream, once there was a number of it, and the last
   * word on each that was replaced since the last report.
   *
   * @returns {object[]}
   */
  report() {
    return [...this.#left.takeUntold(), ...(this.#begun ? this.#reports() : [])];
  }

  #reports() {
    const { counts } = this.#tracker;
    if (counts.expected === this.#countsAtBegin.expected) {
      return this.#earlier ? [this.#earlier] : [];
    }
    const since = (name) => counts[name] - this.#countsAtBegin[name];
    const word = {
      stream: this.streamText,
      topic: this.topic,
      highest: Math.max(0, Number(this.#tracker.next - 1n)),
      shown: this.#framesShown,
      frames: sum(this.#frames.report(since('lost') + since('corrupt')), this.#earlier?.frames),
      jitter: this.#latency.jitterMicros(),
      clock: this.#latency.takeClock(),
      latency: this.#latency.takePercentiles(),
    };
    for (const name of REPORTED) {
      word[name] = since(name) + (this.#earlier?.[name] ?? 0);
    }
    const missed = this.#absence.takeUntold();
    return [missed ? { ...word, missed } : word];
  }
}

/** @param {Object<string, number>} counts @param {Object<string, number>} [others] of the same names */
function sum(counts, others = {}) {
  return Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n + (others[name] ?? 0)]));
}

/** @param {bigint} stream */
const textOf = (stream) => stream.toString(16).padStart(16, '0');
