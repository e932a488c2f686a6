import { element } from './dom.ts';

const tip = element('div', { class: 'tip', attributes: { role: 'tooltip', id: 'tip' } });
tip.hidden = true;
document.body.append(tip);
document.addEventListener('keydown', event => { if (event.key === 'Escape') tip.hidden = true; });
document.addEventListener('scroll', () => { tip.hidden = true; }, true);

/** Shows the text near the element while the mouse or the focus is on it. */
export function showTipOn(target: HTMLElement, text: string): void {
  const show = (): void => {
    tip.textContent = text;
    tip.hidden = false;
    place(target.getBoundingClientRect());
  };
  const hide = (): void => { tip.hidden = true; };
  target.addEventListener('mouseenter', show);
  target.addEventListener('focus', show);
  target.addEventListener('click', show);
  target.addEventListener('mouseleave', hide);
  target.addEventListener('blur', hide);
}

function place(at: DOMRect): void {
  const margin = 6;
  const left = Math.max(margin, Math.min(at.left, window.innerWidth - tip.offsetWidth - margin));
  const below = at.bottom + margin + tip.offsetHeight < window.innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? at.bottom + margin : Math.max(margin, at.top - tip.offsetHeight - margin)}px`;
}
