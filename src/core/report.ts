import { z } from 'zod';
import { outcomeSchema } from './outcome.js';
import { planSchema } from './plan.js';

/** One call's end: `ms` from dispatch to terminal outcome, 0 when it was never dispatched. */
export const callReportSchema = z.object({
  call: z.string(),
  device: z.string().nullable(),
  deviceName: z.string().nullable(),
  outcome: outcomeSchema,
  ms: z.number(),
});
export type CallReport = z.infer<typeof callReportSchema>;

/** What goes back to the user: one entry per call of the plan, in the plan's order. */
export const reportSchema = z.object({
  utteranceId: z.string(),
  plan: planSchema,
  calls: z.array(callReportSchema),
  ms: z.number(),
});
export type Report = z.infer<typeof reportSchema>;

/** True when every call is done or handed over: the only case in which the CLI exits 0. */
export function isCarriedOut(report: Report): boolean {
  return (
    report.plan.decision === 'plan' &&
    report.calls.every((entry) => entry.outcome.status === 'done' || entry.outcome.status === 'handed-over')
  );
}
