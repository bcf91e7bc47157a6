// Whether an image is transparent, which only its pixels tell.

/** `{ facts }` that a browser sees, `{ isBroken }` where it sees none; neither where pixels cannot be read, as on a server. */
export async function seen(blob, { hasAlpha }) {
  if (!blob || !globalThis.OffscreenCanvas || !globalThis.createImageBitmap) return {};
  const bitmap = await createImageBitmap(blob).catch(() => undefined);
  if (!bitmap) return { isBroken: true };
  try {
    const { width, height } = bitmap;
    const alpha = (await isTransparent(bitmap)) ? "transparent" : hasAlpha ? "unused" : "opaque";
    return { facts: { width, height, alpha } };
  } finally {
    bitmap.close();
  }
}

/** Reads every pixel at full size, in tiles, and lets the page breathe between them. */
async function isTransparent(bitmap) {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  for (let y = 0; y < bitmap.height; y += HEIGHT) {
    for (let x = 0; x < bitmap.width; x += WIDTH) {
      const [width, height] = [Math.min(WIDTH, bitmap.width - x), Math.min(HEIGHT, bitmap.height - y)];
      context.clearRect(0, 0, WIDTH, HEIGHT);
      context.drawImage(bitmap, -x, -y);
      const { data } = context.getImageData(0, 0, width, height);
      for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return true;
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return false;
}

/** In pixels: a mebibyte of colours. */
const [WIDTH, HEIGHT] = [1024, 256];
