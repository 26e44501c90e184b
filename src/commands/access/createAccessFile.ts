import { l10n, Uri, window, workspace } from 'vscode';
import { accessFileName, largestFile } from '../../access/file/accessFile.ts';
import { accessFileText } from '../../access/file/accessFileText.ts';
import { fileOfAccount, type FileOfAccount } from '../../access/plan/fileOfAccount.ts';
import { keyFrom } from '../../access/file/keyFrom.ts';
import { recordText } from '../../access/record/recordText.ts';
import { leftOutLine, leftOutText } from '../../views/text/accessText.ts';
import { outcomeDocument } from '../../views/text/outcomeDocument.ts';
import { withSubject } from '../commandError.ts';
import { confirmInModal } from '../modal.ts';
import { accountNameOf, deviceNameOf, pickAccount } from '../pick.ts';
import { inHomeFolder } from '../saveExport.ts';
import type { CommandServices } from '../services.ts';
import { showDocument } from '../showDocument.ts';
import { nameOfFile } from './openAccessFile.ts';
import { readAccount } from './readAccount.ts';
import { recordFileOf } from './recordFile.ts';

/**
 * Writes an access file of all that the devices of an account hold now, and its record: nothing is left to do after it. The user says where;
 * what is there is replaced after a question alone.
 */
export async function createAccessFile(hint: unknown, services: CommandServices): Promise<void> {
  const { store, renderContext, report } = services;
  const account = await pickAccount(
    hint,
    services,
    l10n.t('Create Access File'),
    ({ devices = [] }) => devices.length > 0,
  );
  if (!account) return;
  const accountId = account.id;
  await withSubject({ accountId }, async () => {
    const lists = await readAccount(accountId, services, async (options) => {
      const all = store.readAllAuthorizations(accountId, 'follow', options);
      return (await Promise.all([all, store.readPeople(accountId, options.signal)]))[0];
    });
    const read = store.account(accountId);
    if (!lists || !read) return;
    const codesOf = (smartlockId: number) => lists.get(smartlockId)?.codes ?? new Map<string, string>();
    const made = await fileOfAccount(read, codesOf, renderContext().language);
    if (!made) return tellTooLarge(report);
    const target = await pickTarget(accountNameOf(accountId, services));
    if (!target) return;
    const content = new TextEncoder().encode(accessFileText(made.file, kindOf(target)));
    if (content.length > largestFile) return tellTooLarge(report);
    const record = recordFileOf(target);
    if ((await record.read()) !== undefined && !(await agreeToReplaceRecord(target, services))) return;
    // A file without its record would own nothing: a plan would add all of it once more.
    await record.write(recordText(made));
    await workspace.fs.writeFile(target, content);
    await window.showTextDocument(target, { preview: false });
    tell(made, accountId, services);
  });
}

function kindOf({ path }: Uri): 'yaml' | 'json' {
  return path.endsWith('.json') ? 'json' : 'yaml';
}

function tellTooLarge(report: CommandServices['report']): void {
  report.warn(l10n.t('There are more authorizations than an access file can hold (1 MB). Nothing was written.'));
}

/** Where the file is to be. The dialog asks before it answers with a file that is there. */
async function pickTarget(account: string): Promise<Uri | undefined> {
  const name = `${keyFrom(account, new Set())}.nuki-access.yaml`;
  const [folder] = workspace.workspaceFolders ?? [];
  let defaultUri = folder ? Uri.joinPath(folder.uri, name) : inHomeFolder(name);
  for (;;) {
    const target = await window.showSaveDialog({
      title: l10n.t('Create Access File'),
      defaultUri,
      filters: { YAML: ['yaml', 'yml'], JSON: ['json'] },
    });
    if (!target || accessFileName.test(target.path)) return target;
    const again = l10n.t('Choose Another Name');
    const sentence = l10n.t('The name of an access file has to end with .nuki-access.yaml or .nuki-access.json.');
    if ((await window.showWarningMessage(sentence, { modal: true }, again)) !== again) return undefined;
    const ending = kindOf(target) === 'json' ? '.nuki-access.json' : '.nuki-access.yaml';
    defaultUri = target.with({ path: target.path.replace(/(\.(ya?ml|json))?$/i, ending) });
  }
}

async function agreeToReplaceRecord(target: Uri, { clock }: CommandServices): Promise<boolean> {
  const question = l10n.t('Replace the record of {0}?', nameOfFile(target));
  const detail = l10n.t('It says which authorizations belong to the file. What it says now is lost.');
  return await confirmInModal({ question, detail, yes: l10n.t('Replace') }, clock);
}

/** Says what is in the file, and what is not. */
function tell({ owned, leftOut }: FileOfAccount, accountId: string, services: CommandServices): void {
  const { renderContext, report } = services;
  const context = renderContext();
  const created = l10n.t('Access file created. Authorizations in it: {0}.', owned.length);
  const next = l10n.t('Edit the file, then use "Plan Access File".');
  if (leftOut.length === 0) return report.inform(`${created} ${next}`);
  const nameOf = (smartlockId: number): string => deviceNameOf({ accountId, smartlockId }, services);
  const show = (): Promise<void> => {
    const lines = leftOut.map((each) => leftOutLine(each, nameOf(each.smartlockId), context));
    return showDocument(outcomeDocument(l10n.t('Not in the access file'), lines));
  };
  const sentence = [created, l10n.t('Not in it: {0}.', leftOutText(leftOut, context)), next].join(' ');
  report.inform(sentence, [{ title: l10n.t('Show Them'), run: show }]);
}
