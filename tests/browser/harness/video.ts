/** What a video in the page really shows. */

import type { Locator } from '@playwright/test';

/** What the player's element knows of its video. */
export interface Facts {
  readonly width: number;
  readonly height: number;
  /** In seconds. */
  readonly duration: number;
}

/** Pauses the video and tells what it is. */
export function pause(video: Locator): Promise<Facts> {
  return video.evaluate((element) => {
    const video = element as HTMLVideoElement;
    video.pause();
    const { videoWidth: width, videoHeight: height, duration } = video;
    return { width, height, duration };
  });
}

/** Seeks, and tells where that led once the browser says it has arrived, in seconds. */
export function seek(video: Locator, seconds: number): Promise<number> {
  return video.evaluate(async (element, seconds) => {
    const video = element as HTMLVideoElement;
    const arrived = new Promise((resolve) => {
      video.addEventListener('seeked', resolve, { once: true });
    });
    video.currentTime = seconds;
    await arrived;
    return video.currentTime;
  }, seconds);
}

/** How alike the frame on screen is to an image that is scaled to it: PSNR in dB. */
export function likeness(video: Locator, image: string): Promise<number> {
  return video.evaluate(async (element, image) => {
    const video = element as HTMLVideoElement;
    const { videoWidth: width, videoHeight: height } = video;
    const picture = await createImageBitmap(await (await fetch(image)).blob());
    const [shown, wanted] = [video, picture].map((source) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no canvas');
      context.imageSmoothingQuality = 'high';
      context.drawImage(source, 0, 0, width, height);
      return context.getImageData(0, 0, width, height).data;
    });
    if (!shown || !wanted) throw new Error('no pixels');
    let squares = 0;
    for (let at = 0; at < shown.length; at += 1) {
      // Every fourth value is alpha, the same in both.
      squares += ((shown[at] ?? 0) - (wanted[at] ?? 0)) ** 2;
    }
    return 10 * Math.log10((255 ** 2 * shown.length * 0.75) / squares);
  }, image);
}

/** A coarse picture of the frame on screen: levels of grey, 0 to 255, of 32 × 32 places. */
export function glance(video: Locator): Promise<number[]> {
  return video.evaluate((element) => {
    const canvas = new OffscreenCanvas(32, 32);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.imageSmoothingQuality = 'high';
    context.drawImage(element as HTMLVideoElement, 0, 0, 32, 32);
    const { data } = context.getImageData(0, 0, 32, 32);
    return Array.from({ length: 32 * 32 }, (_, at) => {
      const [red, green, blue] = data.subarray(at * 4, at * 4 + 3);
      return ((red ?? 0) + (green ?? 0) + (blue ?? 0)) / 3;
    });
  });
}

/** The mean difference of two glances, in levels of grey. */
export function difference(one: readonly number[], other: readonly number[]): number {
  const sum = one.reduce((sum, level, at) => sum + Math.abs(level - (other[at] ?? 0)), 0);
  return sum / one.length;
}
