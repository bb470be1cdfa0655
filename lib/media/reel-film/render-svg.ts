import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

const fontFile = (specifier: string): string => fileURLToPath(import.meta.resolve(specifier));

const FONT_FILES = [
  fontFile('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  fontFile('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
];

/** An SVG as a PNG of its own size, with the portal's own letters whatever the machine has. It fetches nothing. */
export const renderSvg = (svg: string): Buffer =>
  new Resvg(svg, {
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  })
    .render()
    .asPng();
