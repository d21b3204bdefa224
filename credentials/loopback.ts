/** Whether a URL points at this machine: only there may secrets travel without TLS. */
export function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** `https` anywhere, `http` on loopback. */
export function isSafeForSecrets(url: string): boolean {
  const protocol = URL.parse(url)?.protocol;
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(url));
}
