/** What a page is made of. All of it is the extension's own; what is shown comes by message. */
export interface PageParts {
  /** At least 128 bits from a cryptographic source, in base 64 or hexadecimal; another one for each page. */
  readonly nonce: string;
  /** The addresses of its script and its style sheet in dist/, for the webview. */
  readonly script: string;
  readonly style: string;
  /** `webview.cspSource`: where its files come from. */
  readonly cspSource: string;
  /** A BCP 47 tag. */
  readonly language: string;
  /** The id that the page puts into each message. */
  readonly panel: string;
}

/** A page as text: it may load its one script and its one style sheet, and nothing else. */
export function pageHtml({ nonce, script, style, cspSource, language, panel }: PageParts): string {
  const policy = [
    "default-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${quoted(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${quoted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Nuki</title>
<link rel="stylesheet" href="${quoted(style)}">
</head>
<body data-panel="${quoted(panel)}">
<main></main>
<script nonce="${quoted(nonce)}" src="${quoted(script)}"></script>
</body>
</html>
`;
}

function quoted(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
