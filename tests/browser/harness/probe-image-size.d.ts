/** The part of the package that is used here; it has no types of its own. */
declare module 'probe-image-size' {
  /** Format, size and byte size of the image at an address. */
  export default function probe(url: string): Promise<{
    width: number;
    height: number;
    length: number;
    type: string;
  }>;
}
