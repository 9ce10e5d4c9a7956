/**
 * The camera of this telephone or laptop as a topic.
 *
 * @module publish
 */

import { element, setText } from './elements.js';
import { count } from './figures.js';
import { PicturePublisher } from './picture-publisher.js';

const FIGURES_MILLIS = 500;

const byId = (id) => document.getElementById(id);

const WORDS = {
  CONNECTING: () => 'Connecting …',
  PUBLISHING: (topic) => `Publishing ${topic}`,
  INTERRUPTED: (_, why) => `Interrupted: ${why}; trying again`,
  FAILED: (_, why) => `Stopped: ${why}`,
  ENDED: () => 'Nothing is published.',
};

class Studio {
  /** @type {?MediaStream} */
  #stream = null;
  /** @type {?PicturePublisher} */
  #publisher = null;
  #timer = 0;
  #encoding = false;
  #bytes = 0;
  #canvas = document.createElement('canvas');
  #context = this.#canvas.getContext('2d', { alpha: false });

  constructor() {
    this.base = new URL('./', import.meta.url);
    this.video = byId('preview');
    byId('topic').value = new URL(window.location.href).searchParams.get('topic') ?? '';
    byId('settings').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#start();
    });
    byId('stop').addEventListener('click', () => this.#stop());
    document.addEventListener('visibilitychange', () => this.#onVisibility());
    setInterval(() => this.#figures(), FIGURES_MILLIS);
    this.#listCameras();
    if (!navigator.mediaDevices) {
      byId('start').disabled = true;
      this.#say('FAILED', '', 'browsers give cameras to pages of https and localhost only');
    }
  }

  /** Cameras have names once the person has let this page use one. */
  async #listCameras() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    const cameras = devices.filter(({ kind, deviceId }) => kind === 'videoinput' && deviceId);
    const chosen = byId('camera').value;
    byId('camera').replaceChildren(
      element('option', '', 'the usual one'),
      ...cameras.map(({ deviceId, label }, at) => {
        const option = element('option', '', label || `camera ${at + 1}`);
        option.value = deviceId;
        return option;
      }),
    );
    byId('camera').firstElementChild.value = '';
    byId('camera').value = chosen;
  }

  async #start() {
    const topic = byId('topic').value.trim();
    const camera = byId('camera').value;
    this.#enable(true);
    this.#say('CONNECTING', topic, '');
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { ...(camera && { deviceId: { exact: camera } }), width: { ideal: 1280 }, height: { ideal: 720 } },
      });
    } catch (refusal) {
      this.#enable(false);
      this.#say('FAILED', topic, `no camera (${refusal.message})`);
      return;
    }
    this.#stream.getVideoTracks()[0].addEventListener('ended', () => {
      this.#stop();
      this.#say('FAILED', topic, 'the camera was switched off');
    });
    this.video.srcObject = this.#stream;
    await this.video.play();
    await this.#listCameras();
    this.#publish(topic);
  }

  #publish(topic) {
    const path = topic.split('/').map(encodeURIComponent).join('/');
    const address = new URL(`ws/publish/${path}`, this.base);
    address.protocol = this.base.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#publisher = new PicturePublisher(address.href, (state, why) => {
      this.#say(state, topic, why);
      if (state === 'FAILED') {
        this.#release();
      }
    });
    byId('link').href = `topic?name=${encodeURIComponent(topic)}`;
    byId('link').hidden = false;
    this.#timer = setInterval(() => this.#shoot(), 1000 / Number(byId('fps').value));
  }

  /** One picture at a time: what the line or this machine cannot carry is never queued. */
  #shoot() {
    const { videoWidth, videoHeight } = this.video;
    if (this.#encoding || !this.#publisher.ready || videoWidth === 0) {
      this.#publisher.skipped++;
      return;
    }
    if (this.#canvas.width !== videoWidth || this.#canvas.height !== videoHeight) {
      this.#canvas.width = videoWidth;
      this.#canvas.height = videoHeight;
    }
    this.#context.drawImage(this.video, 0, 0);
    this.#encoding = true;
    this.#canvas.toBlob(
      (picture) => {
        this.#encoding = false;
        if (picture && this.#publisher) {
          this.#bytes = picture.size;
          this.#publisher.send(picture);
        }
      },
      'image/jpeg',
      Number(byId('quality').value) / 100,
    );
  }

  #stop() {
    this.#publisher?.end();
    this.#release();
  }

  /** Lets go of the camera: its light goes out. */
  #release() {
    clearInterval(this.#timer);
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.video.srcObject = null;
    this.#enable(false);
  }

  #enable(busy) {
    byId('start').disabled = busy;
    byId('stop').disabled = !busy;
    for (const id of ['topic', 'camera', 'fps']) {
      byId(id).disabled = busy;
    }
  }

  /** Telephones stop the camera of a page in the background, and others slow its timers. */
  #onVisibility() {
    if (document.hidden && this.#publisher?.state === 'PUBLISHING') {
      setText(byId('figures'), 'in the background: the browser may slow or stop the camera');
    }
  }

  #figures() {
    const publisher = this.#publisher;
    if (publisher && !document.hidden) {
      const { sent, skipped, rejected } = publisher;
      const { width, height } = this.#canvas;
      const size = sent > 0 ? `${width} × ${height}, ${count(this.#bytes / 1000)} kB; ` : '';
      setText(byId('figures'), `${size}${count(sent)} sent, ${count(skipped)} skipped, ${count(rejected)} refused`);
      byId('figures').dataset.sent = String(sent);
    }
  }

  #say(state, topic, why) {
    byId('state').dataset.state = state;
    setText(byId('state'), WORDS[state](topic, why));
  }
}

new Studio();
