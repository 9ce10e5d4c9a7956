// A layout that is edited while others edit it too. Run: node --test src/test/js

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Draft } from '../../main/resources/webroot/wall-draft.js';

const layout = (title) => ({
  title,
  columns: 4,
  dwellSeconds: 10,
  tiles: [{ topic: 'site/gate', column: 1, row: 1, width: 1, height: 1 }],
});

function draft() {
  const made = new Draft();
  made.take({ layout: layout('before'), etag: '1' });
  return made;
}

test('a title that is left out or empty is the same', () => {
  const made = draft();
  const named = layout('before');
  named.tiles[0].title = '';
  assert.ok(!made.isChanged(named));
  assert.ok(made.isChanged(layout('after')));
});

test('what others kept is edited from now on, unless something was changed here', () => {
  const made = draft();
  assert.equal(made.hear({ layout: layout('before'), etag: '1' }, layout('before')), 'same');
  assert.equal(made.hear({ layout: layout('theirs'), etag: '2' }, layout('before')), 'theirs');
  assert.equal(made.etag, '2');
  assert.equal(made.hear({ layout: layout('again'), etag: '3' }, layout('mine')), 'conflict');
  assert.equal(made.etag, '2');
  assert.equal(made.theirs.etag, '3');
});

test('what was saved without an answer is no conflict', () => {
  const made = draft();
  made.send(layout('mine'));
  assert.equal(made.hear({ layout: layout('mine'), etag: '2' }, layout('mine')), 'ours');
  assert.equal(made.etag, '2');
  assert.ok(!made.isChanged(layout('mine')));
});

test('nor when it was changed again before the cluster was heard', () => {
  const made = draft();
  made.send(layout('mine'));
  assert.equal(made.hear({ layout: layout('mine'), etag: '2' }, layout('mine, and more')), 'ours');
  assert.equal(made.theirs, null);
  assert.ok(made.isChanged(layout('mine, and more')));
});

test('a save that was refused is no excuse for a later version', () => {
  const made = draft();
  made.send(layout('mine'));
  made.refused();
  assert.equal(made.hear({ layout: layout('mine'), etag: '2' }, layout('else')), 'conflict');
});
