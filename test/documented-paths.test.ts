import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';

const manifest = z.object({ scripts: z.record(z.string(), z.string()) });
const PAGES = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md')];

test.each(PAGES)('every link of %s leads to a file, and to a heading where it names one', (page) => {
  const links = [...read(page).matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];

  const broken = links.filter(([, path = '', heading]) => {
    const target = path === '' ? page : join(dirname(page), path);
    return !existsSync(target) || (heading !== undefined && !headings(target).includes(heading));
  });

  expect(broken.map(([link]) => link)).toEqual([]);
});

test.each(PAGES)('every npm script that %s names is one', (page) => {
  const { scripts } = manifest.parse(JSON.parse(read('package.json')));
  const named = [...read(page).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name = '']) => name);

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

function read(path: string): string {
  return readFileSync(path, 'utf8');
}

/** As GitHub makes anchors of them. */
function headings(page: string): string[] {
  const titles = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
  return titles.map((title) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
