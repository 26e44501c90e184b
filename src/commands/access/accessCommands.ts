import { l10n, workspace } from 'vscode';
import { commandIds } from '../ids.ts';
import type { CommandServices } from '../services.ts';

/** The commands of access files. What they need is loaded when the user runs the first one; none runs in Restricted Mode. */
export function accessCommands(services: CommandServices) {
  const inTrusted =
    (run: (hint: unknown) => Promise<void>) =>
    async (hint: unknown): Promise<void> => {
      if (workspace.isTrusted) return await run(hint);
      services.report.warn(l10n.t("Access files aren't used in Restricted Mode. Trust this workspace first."));
    };
  return {
    [commandIds.createAccessFile]: inTrusted(async (hint) => {
      const { createAccessFile } = await import('./createAccessFile.ts');
      await createAccessFile(hint, services);
    }),
    [commandIds.planAccess]: inTrusted(async (hint) => {
      const { planAccess } = await import('./planAccess.ts');
      await planAccess(hint, services);
    }),
    [commandIds.applyAccessPlan]: inTrusted(async (hint) => {
      const { applyAccessPlan } = await import('./applyAccessPlan.ts');
      await applyAccessPlan(hint, services);
    }),
    [commandIds.addBookings]: inTrusted(async (hint) => {
      const { addBookings } = await import('./addBookings.ts');
      await addBookings(hint, services);
    }),
    [commandIds.adopt]: inTrusted(async (hint) => {
      const { adopt } = await import('./adopt.ts');
      await adopt(hint, services);
    }),
    [commandIds.takeIntoFile]: inTrusted(async (hint) => {
      const { takeIntoFile } = await import('./drift.ts');
      await takeIntoFile(hint, services);
    }),
    [commandIds.putBack]: inTrusted(async (hint) => {
      const { putBack } = await import('./drift.ts');
      await putBack(hint, services);
    }),
  };
}
