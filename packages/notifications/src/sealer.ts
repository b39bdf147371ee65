// Door: what keeps secrets of channels. The vault of the platform is one.

export interface Sealer {
  /** @param place  only there it opens */
  seal(text: string, place: string): string;
  open(sealed: string, place: string): string;
  /** It was sealed under a key of before. */
  isOld(sealed: string): boolean;
}
