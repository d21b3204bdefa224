import { BlockList, isIP } from 'node:net';
import { isLoopback } from '@stackbridge/credentials/loopback.ts';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import type { Http } from '@stackbridge/shared-mappers/ports/http.ts';
import { StepFault } from '../errors/step-fault.ts';

export interface DownloadedFile {
  readonly contentType: string;
  readonly base64: string;
}

/** Zapier keeps a file behind an address that leads on to its store. */
const MOST_REDIRECTS = 5;

/**
 * A file that a step was given by its address, as Zapier hands files on.
 *
 * @param home as for `checkFileAddress`, which every address that it leads on to is held to
 */
export async function downloadFile(http: Http, address: string, home: string): Promise<DownloadedFile> {
  let url = address;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    checkFileAddress(url, home);
    const answer = await http.send({ method: 'GET', url, headers: { accept: '*/*' }, wantsBytes: true });
    const { status, headers, bodyBase64 } = answer;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      url = URL.parse(headers.location, url)?.href ?? '';
      continue;
    }
    if (status === 200 && bodyBase64 !== undefined && bodyBase64 !== '')
      return { contentType: headers['content-type'] ?? 'application/octet-stream', base64: bodyBase64 };
    // Whoever gave the address may give another by the time of the replay.
    throw new StackbridgeError(
      'SERVER_ERROR',
      `The file cannot be read: ${hostOf(url)} answers HTTP ${status}`,
    );
  }
  throw new StackbridgeError('REJECTED', `The file's address leads on more than ${MOST_REDIRECTS} times`);
}

/** Hosts that only somebody within a network reaches. */
const PRIVATE_HOSTS = /(^|\.)(localhost|local|internal|lan|home|intranet)$/;

const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  PRIVATE.addSubnet(network, bits);
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/**
 * @param home address of the system that the step writes to: where something on this machine stands in for that, it may
 * keep files as well
 * @throws StepFault for an address that is not public, or not https
 */
export function checkFileAddress(address: string, home: string): void {
  const url = URL.parse(address);
  if (url !== null && url.hostname === URL.parse(home)?.hostname && isLoopback(home)) return;
  if (url?.protocol === 'https:' && isPublic(url.hostname)) return;
  throw new StepFault(
    'WRONG_INPUT',
    'The file must be at a public https address: choose the field "Receipt" of the trigger, or a file of another step.',
  );
}

function isPublic(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  if (family !== 0) return !PRIVATE.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return host.includes('.') && !PRIVATE_HOSTS.test(host);
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
