/** Connects to a cluster, and again to any of its nodes whenever the connection is gone. */
export function connect(urls: string | URL | (string | URL)[], options?: ConnectOptions): Bus;

/** The class of the element `<imagebus-tile topic="…" server="…" fps="…" quality="…">`. */
export class ImagebusTile extends HTMLElement {
  /** Also the attribute `state`; each change is an event `statechange`. */
  readonly state: TopicState | 'PAUSED';
  /** Null before the topic was asked for. */
  readonly status: (TopicStatus & { decoded: number; decodedIn: 'worker' | 'page' | 'none' }) | null;
  /** The connection that the tiles of a server share; null outside of a page. */
  readonly bus: Bus | null;
}

export interface ConnectOptions {
  /** Sent with each request as `access_token`. */
  token?: string;
}

export type Via = 'websocket' | 'mjpeg' | 'snapshot' | 'none';

export type TopicState = 'CONNECTING' | 'LIVE' | 'STALE' | 'FROZEN' | 'OFFLINE';

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
}

export interface SubscribeOptions extends Wish {
  /**
   * A new picture. While a promise that it returned is open, the newest of those that come waits
   * and the others are left out. False: it could not be shown.
   */
  onFrame?(frame: Frame): unknown;
  onState?(status: TopicStatus): void;
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
  state: TopicState;
  /** How long ago the newest picture was new; null before the first. */
  ageMillis: number | null;
  framesPerSecond: number;
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
  /** Numbers that passed while there was no connection. */
  missed: number;
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
