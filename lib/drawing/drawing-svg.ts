import { drawingElements, type SvgElement } from './drawing-elements.ts';
import type { Drawing } from './drawing-schemas.ts';
import { frameOf, type PictureSize } from './reference-frame.ts';

/** Names that SVG does not write with a hyphen. */
const AS_THEY_ARE = new Set(['maskUnits', 'viewBox']);

const nameOf = (name: string): string =>
  AS_THEY_ARE.has(name) ? name : name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as XML has it: what it cannot say is left out. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

function elementText({ tag, attributes, text, children = [] }: SvgElement): string {
  const named = Object.entries(attributes).map(([name, value]) => ` ${nameOf(name)}="${escapeXml(String(value))}"`);
  return `<${tag}${named.join('')}>${escapeXml(text ?? '')}${children.map(elementText).join('')}</${tag}>`;
}

/**
 * A drawing as an SVG of the picture's size, transparent where nothing is drawn: what the screen shows over it. It holds
 * nothing that is fetched or run, whatever the drawing's texts say.
 */
export function drawingToSvg(drawing: Drawing, { width, height }: PictureSize): string {
  const frame = frameOf({ width, height });
  const body = drawingElements(drawing, { width, height }).map(elementText).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${frame.width} ${frame.height}" preserveAspectRatio="none">${body}</svg>`
  );
}
