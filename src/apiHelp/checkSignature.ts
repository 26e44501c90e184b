import { l10n, window, type QuickPickItem, type TextEditor } from 'vscode';
import { safeText } from '../base/safeText.ts';
import { commandIds } from '../commands/ids.ts';
import type { Services } from '../commands/services.ts';
import {
  checkSignature,
  readSignature,
  signatureLength,
  type BodyChange,
  type ReadSignature,
  type SignatureCheck,
  type SignatureHeader,
} from '../nuki/webhookSignature.ts';

export function checkSignatureCommands({ report }: Pick<Services, 'report'>) {
  return {
    [commandIds.checkSignature]: async () => {
      const check = await askAndCheck();
      switch (check?.kind) {
        case 'fits':
          return report.inform(l10n.t('The signature is valid: {0} fits this body and this secret.', check.header));
        case 'fitsChanged':
          return report.warn(fittingOnce[check.change](check.header));
        case 'differs':
          return report.warn(whyDifferent[check.header]());
        case undefined:
      }
    },
  };
}

/** Asks for a body, a signature and a secret, which is kept nowhere; `undefined` where the user closes one of the boxes. */
async function askAndCheck(): Promise<SignatureCheck | undefined> {
  const title = l10n.t('Check Webhook Signature');
  const body = await askForBody(title, window.activeTextEditor);
  if (body === undefined) return undefined;
  const header = await window.showInputBox({
    title,
    prompt: l10n.t("The signature, with or without the header's name"),
    placeHolder: 'X-Nuki-Signature-SHA256: 0123456789abcdef…',
    ignoreFocusOut: true, // it may be copied from another window
    validateInput: (value) => problemOf(readSignature(value)),
  });
  const signature = readSignature(header ?? '');
  if (signature.kind !== 'read') return undefined;
  const secret = await window.showInputBox({
    title,
    prompt: l10n.t("The webhook's secret, or the client secret. Keyturner doesn't keep it."),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? l10n.t('Enter the secret.') : undefined),
  });
  if (secret === undefined || secret.trim() === '') return undefined;
  return await checkSignature(new TextEncoder().encode(body), signature, secret.trim());
}

interface BodyItem extends QuickPickItem {
  /** Missing where the user is to type it. */
  readonly text?: string;
}

/** The text of the editor that the user chooses, or what they type; `undefined` where they close the list or the box. */
async function askForBody(title: string, editor: TextEditor | undefined): Promise<string | undefined> {
  const chosen = editor && (await pickBody(title, editor));
  if (editor && !chosen) return undefined;
  if (chosen?.text !== undefined) return chosen.text;
  const prompt = l10n.t('The body of the webhook, exactly as it was received');
  return await window.showInputBox({ title, prompt, ignoreFocusOut: true });
}

async function pickBody(title: string, { document, selection }: TextEditor): Promise<BodyItem | undefined> {
  const name = safeText(document.fileName.replace(/^.*[\\/]/, ''));
  const selected: BodyItem[] = selection.isEmpty
    ? []
    : [{ label: l10n.t('Selection'), description: name, text: document.getText(selection) }];
  const whole: BodyItem = { label: l10n.t('Whole File'), description: name, text: document.getText() };
  const placeHolder = l10n.t('What is the body of the webhook?');
  return await window.showQuickPick([...selected, whole, { label: l10n.t('Type or Paste…') }], { title, placeHolder });
}

function problemOf(signature: ReadSignature): string | undefined {
  switch (signature.kind) {
    case 'read':
      return undefined;
    case 'empty':
      return l10n.t('Enter the signature.');
    case 'otherHeader':
      return l10n.t("{0} isn't one of Nuki's signature headers.", signature.name);
    case 'noHex':
      return l10n.t('A signature has hex digits only: 0 to 9 and a to f.');
    case 'wrongLength': {
      const { header, length } = signature;
      const need = header && l10n.t('{0} has {1} digits. This one has {2}.', header, signatureLength[header], length);
      return need ?? l10n.t('A signature has 64 digits, or 40 in the second header. This one has {0}.', length);
    }
  }
}

const fittingOnce: Readonly<Record<BodyChange, (header: SignatureHeader) => string>> = {
  lastLineBreak: (header) =>
    l10n.t('The body fits without its last line break ({0}). Sign the bytes as they were received.', header),
  noLastLineBreak: (header) =>
    l10n.t('The body fits with a line break at its end ({0}). Sign the bytes as they were received.', header),
  windowsLineBreaks: (header) =>
    l10n.t('The body fits with LF instead of CRLF ({0}). Sign the bytes as they were received.', header),
  unixLineBreaks: (header) =>
    l10n.t('The body fits with CRLF instead of LF ({0}). Sign the bytes as they were received.', header),
  indentation: (header) =>
    l10n.t('The body fits without the blanks between its fields ({0}). Sign the bytes as they were received.', header),
};

const whyDifferent: Readonly<Record<SignatureHeader, () => string>> = {
  'X-Nuki-Signature-SHA256': () =>
    l10n.t(
      "X-Nuki-Signature-SHA256 doesn't fit. The body isn't byte for byte what was signed, or the secret is a different one.",
    ),
  'X-Nuki-Signature': () =>
    l10n.t(
      "X-Nuki-Signature doesn't fit as HMAC-SHA1. Nuki doesn't document how it is made. Check X-Nuki-Signature-SHA256 instead.",
    ),
};
