/** Connects to a cluster, and again to any of its nodes whenever the connection is gone. */
export function connect(urls: string | URL | (string | URL)[], options?: ConnectOptions): Bus;

/** The class of the element `<imagebus-tile topic="…" server="…" fps="…" quality="…">`. */
export class ImagebusTile extends HTMLElement {
  /** Also the attribute `state`; each change is an event `statechange`. */
  readonly state: TopicState;
  /** Null without a topic. */
  readonly status: (TopicStatus & { decoded: number; decodedIn: 'worker' | 'page' | 'none' }) | null;
  /** The connection that the tiles of a server share; null outside of a page. */
  readonly bus: Bus | null;
}

export interface ConnectOptions {
  /** Sent with each request as `access_token`. */
  token?: string;
}

export type Via = 'websocket' | 'mjpeg' | 'snapshot' | 'none';

/**
 * - `CONNECTING`: no picture yet, or none since it was asked for again
 * - `LIVE`: the picture is new
 * - `STALE`: no new one came for 3 s or three of the usual intervals, or nobody knows
 * - `FROZEN`: pictures come, and have been the same for 10 s: to the bit, or to the node's eye
 * - `OFFLINE`: nobody publishes
 * - `DENIED`: the node refuses the subscription; it is asked again every 10 s
 * - `HIDDEN`: not asked for, as the subscription pauses or nobody can see the tile
 */
export type TopicState =
  | 'CONNECTING'
  | 'LIVE'
  | 'STALE'
  | 'FROZEN'
  | 'OFFLINE'
  | 'DENIED'
  | 'HIDDEN';

export interface Bus {
  /** The best door in use. */
  readonly via: Via;
  /** Called when another door is used. */
  onVia: ((via: Via) => void) | null;
  /** Chunks whose header was damaged. */
  readonly unattributable: number;
  subscribe(filter: string, options?: SubscribeOptions): Subscription;
  publish(topic: string, options?: { contentType?: string }): Publication;
  close(): void;
}

/** The most that is wanted: the pictures keep their shape and are never enlarged. */
export interface Wish {
  /** Pixels. */
  width?: number;
  /** Pixels. */
  height?: number;
  /** Frames a second. */
  fps?: number;
  /** 1 to 100. */
  quality?: number;
  /** The most that a picture may have, instead of a quality. */
  bytes?: number;
}

export interface SubscribeOptions extends Wish {
  /** Whether nothing is asked for until `resume`. */
  paused?: boolean;
  /**
   * A new picture. While a promise that it returned is open, the newest of those that come waits
   * and the others are left out. False: it could not be shown.
   */
  onFrame?(frame: Frame): unknown;
  onState?(status: TopicStatus): void;
  /** Why the node refuses the subscription, or something that it was asked for. */
  onError?(error: { code: string; message: string }): void;
}

export interface Frame {
  readonly topic: string;
  /** Of the stream; null where the door does not tell it. */
  readonly number: number | null;
  /** Microseconds since 1970 UTC. */
  readonly captureMicros: number;
  readonly contentType: string;
  /** The picture as it came. */
  readonly blob: Blob;
  readonly variant: string;
  readonly via: Via;
}

export interface TopicStatus {
  topic: string;
  /** The id of the stream, as 16 hexadecimal digits; null before the socket brought one. */
  stream: string | null;
  state: TopicState;
  /** Why it is `DENIED`; empty if it is not. */
  refusal: string;
  /** How long ago the newest picture was captured; null before the first. */
  ageMillis: number | null;
  /** Pictures shown a second; null while there are too few to tell. */
  framesPerSecond: number | null;
  variant: string;
  via: Via;
  /** Number of the newest frame. */
  frame: number | null;
  /** Pictures shown. */
  shown: number;
  /** Pictures that came whole and were left out, as the page was busy with an older one. */
  leftOut: number;
  /** Chunks that did not come, and were not announced as left out. */
  lost: number;
  /** Chunks that came damaged. */
  corrupt: number;
  /** Frames that the cluster left out on purpose. */
  skipped: number;
  /** The same by reason, such as `rate`. */
  skippedFor: Record<string, number>;
  /** Numbers that passed while there was no connection. */
  missed: number;
  /** The last of these, as `from-to`; empty if there are none. */
  missedNumbers: string;
  /** Whole frames that came over the socket. */
  received: number;
  /** What these had. */
  bytes: number;
  /** From the capture of the newest picture to its being shown; null before the first. */
  latencyMicros: number | null;
  /** How wrong ages and latencies may be, as far as this page's clock goes. */
  errorMicros: number;
}

export interface Subscription {
  readonly filter: string;
  readonly paused: boolean;
  /** One entry for each topic that was seen. */
  status(): TopicStatus[];
  update(wish: Wish): void;
  /** Nothing is sent any more until `resume`. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface Publication {
  readonly topic: string;
  readonly state: 'OPENING' | 'OPEN' | 'REPLACED' | 'CLOSED';
  readonly counts: { sent: number; leftOut: number; rejected: number };
  /** One whole picture; whether it went out. */
  send(picture: Blob | ArrayBuffer | Uint8Array, captureMicros?: number): Promise<boolean>;
  close(): void;
}
