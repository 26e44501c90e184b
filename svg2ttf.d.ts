declare module 'svg2ttf' {
  /** `svgFont`: an SVG font; `ts`: when the font was made, in seconds since 1970. */
  export default function svg2ttf(svgFont: string, options: { readonly ts: number }): { readonly buffer: Uint8Array };
}
