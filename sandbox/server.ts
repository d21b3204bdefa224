import formbody from '@fastify/formbody';
import Fastify, { type FastifyInstance } from 'fastify';
import { injectFaults } from './fault-injection.ts';
import type { Simulator } from './simulator.ts';
import type { World } from './world.ts';

/** Salesforce's ceiling for a bulk upload, 150 MB; no other simulated call comes near it. */
const BODY_LIMIT_BYTES = 150 * 1024 * 1024;

/** Longer than any run computes between two calls: connections are cut by faults only, never by the clock. */
const KEEP_ALIVE_MS = 10 * 60_000;

/** A request body that is not JSON; each simulator words it as its vendor does. */
export class UnreadableBody extends Error {
  override name = 'UnreadableBody';
}

/** One HTTP server for all simulators, each under `/<name>`; not yet listening. */
export function buildServer(world: World, simulators: readonly Simulator[]): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    rewriteUrl: ({ url = '/' }) => {
      const owner = simulators.find(({ rootPath }) => rootPath !== undefined && url.startsWith(rootPath));
      return owner === undefined ? url : `/${owner.name}${url}`;
    },
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 4096 },
  });

  app.register(formbody);
  app.addContentTypeParser('text/csv', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    // Clients send the JSON content type on calls without a body, too.
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString()));
    } catch (error) {
      done(new UnreadableBody(error instanceof Error ? error.message : String(error)));
    }
  });

  app.decorateRequest('fault', null);
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('date', new Date(world.clock.now()).toUTCString());
  });

  for (const simulator of simulators) {
    app.register(
      async (scope) => {
        injectFaults(scope, world, simulator);
        simulator.register(scope);
      },
      { prefix: `/${simulator.name}` },
    );
  }
  return app;
}
