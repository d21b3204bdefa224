import type { DocumentPlan } from '../../plan/billing/document-plan.ts';
import type { PlannedDocument } from './planned-document.ts';

/**
 * Work may have moved from one subject of a project to another since it was billed. Where nothing is known of what a
 * document bills, nothing else of its project is billed before a person has seen to that document.
 */
export function holdBack(planned: readonly PlannedDocument[]): PlannedDocument[] {
  const unknown = Map.groupBy(
    planned.filter(({ plan }) => plan.proposals.some(isUnknown)),
    ({ subject }) => subject.projectId,
  );
  return planned.map((one) => {
    const strays = one.subject.projectId === undefined ? undefined : unknown.get(one.subject.projectId);
    if (strays === undefined || one.plan.write === undefined) return one;
    return { ...one, followUps: [], preview: () => undefined, plan: heldBack(one.plan, strays) };
  });
}

function heldBack(plan: DocumentPlan, strays: readonly PlannedDocument[]): DocumentPlan {
  const numbers = strays.flatMap((stray) =>
    stray.plan.proposals.filter(isUnknown).map(({ documentNumber }) => documentNumber),
  );
  const message = `It waits until somebody has seen to ${numbers.join(', ')}, which may bill some of it`;
  const { write: _, ...rest } = plan;
  return {
    ...rest,
    outcome: 'parked',
    issues: [{ kind: 'conflict', code: 'DOCUMENT_UNKNOWN', message }],
    remember: [],
    decided: [],
  };
}

function isUnknown({ code }: DocumentPlan['proposals'][number]): boolean {
  return code === 'DOCUMENT_UNKNOWN';
}
