/**
 * Whether `url` leads to this computer and nowhere else: 127.0.0.0/8, [::1] or localhost, over HTTP or HTTPS. So nothing that talks to the
 * simulation can have it send requests into a network.
 */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, username, password } = new URL(url);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
  return isWeb && isHere && username === '' && password === '';
}
