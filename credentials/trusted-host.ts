/**
 * Whether a secret may be sent to an address that only an answer has named: one of the vendor's own hosts over TLS, or
 * a host that the connection names itself, as one that leads to a simulator does.
 *
 * @param configured the connection's own URLs
 */
export function isTrustedHost(
  url: string,
  configured: readonly string[],
  isVendors: (hostname: string) => boolean,
): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  if (configured.some((known) => URL.parse(known)?.origin === parsed.origin)) return true;
  return parsed.protocol === 'https:' && parsed.port === '' && isVendors(parsed.hostname);
}
