import { existsSync } from 'node:fs';
import { UsageError } from 'stackbridge/commands/usage-error.ts';
import type { Host } from 'stackbridge/scenarios/host.ts';
import { BILLED_BY_ZAPS } from '../zapier/support/billing-zaps.ts';
import { APP_ARCHIVE, PackagedApp } from '../zapier/support/packaged-app.ts';
import { ZapActivity } from '../zapier/support/zap-activity.ts';
import { ZapBilling } from '../zapier/support/zap-billing.ts';
import { ZapSession } from '../zapier/support/zap-session.ts';

/**
 * Zapier: both Zaps of a recipe, played by the packaged app in a process of its own. @throws UsageError where the app is
 * not built
 */
export async function openHost(): Promise<Host> {
  if (!existsSync(APP_ARCHIVE))
    throw new UsageError(
      'The Zapier app is not built',
      'Run `npm run zapier:install && npm run zapier:build` first (Linux)',
    );
  const app = await PackagedApp.open();
  return {
    name: 'zapier',
    abilities: new Set(['parked', 'decisions', 'dry-run']),
    oneByOne: true,
    prepare: async (setup) => new ZapSession(app, setup),
    billing: {
      abilities: new Set(['decisions']),
      recipes: BILLED_BY_ZAPS,
      oneByOne: true,
      prepare: async (sandbox) => new ZapBilling(app, sandbox),
    },
    activity: {
      abilities: new Set(),
      oneByOne: true,
      prepare: async (sandbox) => new ZapActivity(app, sandbox),
    },
    close: () => app.close(),
  };
}
