import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

/** HTML in the source stays text: models and SVD files write what they like. */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: false }).disable('image');

/** Renders markdown to nodes that hold no script, no style and no link but a web address. */
export function renderMarkdown(source: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(markdown.render(source), {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', 'form', 'input', 'button', 'img'],
    FORBID_ATTR: ['style', 'id', 'name'],
    ALLOWED_URI_REGEXP: /^https?:/i,
  });
  // What led elsewhere than to a web page is no link any more.
  for (const link of fragment.querySelectorAll('a:not([href])')) link.replaceWith(...link.childNodes);
  for (const table of fragment.querySelectorAll('table')) {
    const frame = document.createElement('div');
    frame.className = 'table-frame';
    // Wide tables scroll inside themselves; the keyboard needs a way in.
    frame.tabIndex = 0;
    table.replaceWith(frame);
    frame.append(table);
  }
  return fragment;
}

/** Calls `replace` for every match in the text of a tree (not in links and buttons) and puts its node there. */
export function replaceInText(root: DocumentFragment | Element, pattern: RegExp, replace: (match: RegExpExecArray) => Node | undefined): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode() !== null) nodes.push(walker.currentNode as Text);
  for (const node of nodes) {
    if (node.parentElement?.closest('a, button, pre') !== null && node.parentElement !== null) continue;
    replaceInNode(node, pattern, replace);
  }
}

function replaceInNode(node: Text, pattern: RegExp, replace: (match: RegExpExecArray) => Node | undefined): void {
  let rest = node;
  for (;;) {
    const match = pattern.exec(rest.data);
    if (match === null) return;
    const replacement = replace(match);
    const found = rest.splitText(match.index);
    rest = found.splitText(match[0].length);
    if (replacement !== undefined) found.replaceWith(replacement);
  }
}
