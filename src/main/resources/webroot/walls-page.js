/**
 * The page of all walls: `walls` lists them, `walls?name=control-room` edits one.
 *
 * @module walls-page
 */

import { element, setText } from './elements.js';
import { WallEditor } from './wall-editor.js';
import { WallApi } from './walls.js';

const byId = (id) => document.getElementById(id);
const say = (words) => setText(byId('notice'), words);
const editorOf = (name) => `walls?name=${encodeURIComponent(name)}`;

async function showList(api) {
  byId('make').addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(editorOf(byId('name').value));
  });
  try {
    const walls = await api.list();
    byId('walls').replaceChildren(...walls.map(entry));
    byId('empty').hidden = walls.length > 0;
  } catch (problem) {
    say(problem.message);
  }
}

function entry({ name, title, tiles }) {
  const edit = element('a', '', 'Edit');
  edit.href = editorOf(name);
  edit.setAttribute('aria-label', `Edit ${name}`);
  const open = element('a', '', 'Open');
  open.href = `wall/${encodeURIComponent(name)}`;
  open.setAttribute('aria-label', `Open ${name}`);
  return element(
    'li',
    '',
    element('span', 'name', name),
    element('span', 'quiet', `${title ? `${title} · ` : ''}${tiles} ${tiles === 1 ? 'tile' : 'tiles'}`),
    element('span', 'links', open, edit),
  );
}

const name = new URL(location.href).searchParams.get('name');
const api = new WallApi();
if (name) {
  document.title = `${name} · imagebus walls`;
  byId('list').hidden = true;
  byId('editor').hidden = false;
  new WallEditor(api, say, () => location.assign('walls')).open(name);
} else {
  showList(api);
}
