/**
 * Elements of the page without markup in strings.
 *
 * @module elements
 */

/**
 * An element with a class and text or children.
 *
 * @param {string} tag
 * @param {string} className
 * @param {...(string|Node)} content
 */
export function element(tag, className, ...content) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...content);
  return made;
}

/** Writes only what has changed, so that screen readers and selections are left alone. */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/** A table with a caption; a cell may be text or an element. */
export function table(caption, headings, rows) {
  const head = element('tr', '', ...headings.map((text) => headingCell(text)));
  const body = rows.map((cells) => element('tr', '', ...cells.map((cell) => element('td', '', cell))));
  const whole = element('table', '', element('caption', '', caption), element('thead', '', head), element('tbody', '', ...body));
  const box = element('div', 'table', whole);
  // A long table scrolls by itself, also by keyboard.
  box.tabIndex = 0;
  box.setAttribute('role', 'group');
  box.setAttribute('aria-label', caption);
  return box;
}

function headingCell(text) {
  const cell = element('th', '', text);
  cell.scope = 'col';
  return cell;
}
