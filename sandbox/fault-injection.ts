import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultEffect } from './faults.ts';
import type { Answer, Simulator } from './simulator.ts';
import type { World } from './world.ts';

/** Counts each call of a simulator's scope and lets the world's fault rules strike it. */
export function injectFaults(scope: FastifyInstance, world: World, simulator: Simulator): void {
  const record = (request: FastifyRequest, status: number): void =>
    world.calls.record({
      system: simulator.name,
      operation: operationOf(request),
      method: request.method,
      path: request.url,
      status,
      atMs: world.clock.now(),
    });
  /** Cuts the connection. The framework tells nobody about such an answer, so it is listed here. */
  const cut = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack();
    request.raw.socket.destroy();
    record(request, 0);
  };

  scope.addHook('onRequest', async (request, reply) => {
    const operation = operationOf(request);
    world.calls.count(simulator.name, operation);
    const effect = world.faults.strike({
      system: simulator.name,
      method: request.method,
      path: request.url,
      operation,
    });
    if (effect?.kind === 'drop-before') {
      cut(request, reply);
      return reply;
    }
    return effect === undefined ? undefined : strike(effect, simulator, request, reply);
  });

  scope.addHook('onSend', async (request, reply, payload) => {
    if (request.fault?.kind === 'drop-after') cut(request, reply);
    return payload;
  });

  scope.addHook('onResponse', async (request, reply) => record(request, reply.statusCode));
}

/** Sends an answer as it stands. */
export function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  reply.code(answer.status);
  if (answer.headers !== undefined) reply.headers(answer.headers);
  return answer.body === undefined ? reply.send() : reply.send(answer.body);
}

async function strike(
  effect: Exclude<FaultEffect, { kind: 'drop-before' }>,
  simulator: Simulator,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  switch (effect.kind) {
    case 'status': {
      const usual = simulator.failure(effect.status);
      const headers = { ...usual.headers, ...effect.headers };
      const body = effect.body === undefined ? usual.body : effect.body;
      return sendAnswer(reply, { status: effect.status, headers, body });
    }
    case 'throttle':
      return sendAnswer(reply, simulator.throttled(effect));
    case 'delay':
      await sleep(effect.ms);
      return undefined;
    case 'expire-token':
      simulator.expireTokens();
      return undefined;
    case 'revoke':
      simulator.revoke();
      return undefined;
    case 'truncate':
    case 'empty':
    case 'drop-after':
      request.fault = effect;
      return undefined;
  }
}

function operationOf(request: FastifyRequest): string {
  const { config, url } = request.routeOptions;
  return config.operation ?? `${request.method} ${url ?? 'unknown'}`;
}
