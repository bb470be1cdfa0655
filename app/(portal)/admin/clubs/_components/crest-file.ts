/** The side of a crest as it is kept, in pixels: twice the largest that it is shown at. */
const CREST_PX = 256;

/**
 * Any picture that the browser knows, an SVG too, as a PNG in Base64 that fits into a square of 256 pixels, whole and
 * not enlarged. @throws DOMException when it is no picture.
 */
export async function crestOfFile(file: Blob): Promise<string> {
  const image = new Image();
  const url = URL.createObjectURL(file);
  try {
    image.src = url;
    await image.decode();
    // An SVG may have no size of its own.
    const [width, height] = [image.naturalWidth || CREST_PX, image.naturalHeight || CREST_PX];
    const scale = Math.min(1, CREST_PX / Math.max(width, height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
  } finally {
    URL.revokeObjectURL(url);
  }
}
