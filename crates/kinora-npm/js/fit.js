// A copy of an image that keeps a model's rules: drawn, encoded, and looked at again.

/** See `fitImage` in images.d.ts. */
export async function fitImage(tools, { blobOf, checkOptions, judgeOf, probeImage, wholeOf }, source, wish = {}) {
  const { KinoraError, fine } = tools;
  checkOptions(tools, wish);
  const { signal, fetch, rules = WAN_2_2, ratio, framing, ground, format } = wish;
  const look = (file) => probeImage(tools, file, { signal, fetch, rules });
  if (!globalThis.OffscreenCanvas || !globalThis.createImageBitmap) {
    throw new KinoraError({
      code: "unsupported",
      message: "Images can only be redrawn where there is an OffscreenCanvas, and this runtime has none.",
      nextStep: "Call `fitImage` in a browser, and upload the copy that it makes.",
    });
  }
  const file = blobOf(tools, source) ?? (await wholeOf(tools, source, { signal, fetch }).catch(() => undefined));
  // Where the whole file does not come, this says why.
  const facts = await look(file ?? source);
  if (!file) fine({ error: HIDDEN });
  const picture = await createImageBitmap(file).catch(() => undefined);
  if (!picture) fine({ error: UNDRAWN });
  try {
    const { width, height } = picture;
    const judge = judgeOf(tools, rules);
    const plan = await judge("plan", { facts: { ...facts, width, height }, ratio, framing, ground, format });
    const { blob, quality } = await copied(picture, plan, judge, signal, fine).catch((cause) => {
      // A browser draws and writes nothing that is too large for it.
      if (cause instanceof KinoraError) throw cause;
      fine({ error: { ...UNDRAWN, cause } });
    });
    const fitted = await look(blob);
    const failed = fitted.checks.find(({ verdict }) => verdict === "fail");
    if (failed) fine({ error: { ...UNFIT, message: failed.advice } });
    return { blob, facts: fitted, changes: plan.changes, ...(quality && { quality }) };
  } finally {
    picture.close();
  }
}

/** The picture on its ground, as a file that is small enough. */
async function copied(picture, { from, to, width, height, red, green, blue, format, below, changes }, judge, signal, fine) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = `rgb(${red},${green},${blue})`;
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height);
  const files = [];
  for (;;) {
    if (signal?.aborted) fine({ error: { ...ABORTED, cause: signal.reason } });
    const sizes = files.map(({ size }) => size);
    const { next, best, quality } = await judge("trial", { format, below, sizes });
    if (!next) {
      if (best === undefined) fine({ error: UNFIT });
      return { blob: files[best], quality };
    }
    const type = next.format === "PNG" ? "image/png" : "image/jpeg";
    files.push(await canvas.convertToBlob({ type, quality: next.quality / 100 }));
  }
}

const WAN_2_2 = "wan-ai/wan-2-2/image-to-video";
const ABORTED = {
  code: "aborted",
  message: "The copy of the image was aborted.",
  nextStep: "Call again when it is wanted.",
};
const HIDDEN = {
  code: "image_unreachable",
  message: "The image's host keeps it from pages, so no copy of it can be made.",
  nextStep: "Download the image, and pass the file.",
};
const UNDRAWN = {
  code: "image_damaged",
  message: "This browser cannot show the image, so no copy of it can be made.",
  nextStep: "Choose another file, or one in another format.",
};
const UNFIT = {
  code: "unfit",
  message: "Even a poor copy is larger than the model takes.",
  nextStep: "Choose another picture, or another wish.",
};
