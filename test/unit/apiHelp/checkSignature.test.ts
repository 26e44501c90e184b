import assert from 'node:assert/strict';
import { checkSignatureCommands } from '../../../src/apiHelp/checkSignature.ts';
import { commandIds } from '../../../src/commands/ids.ts';
import { reportTo } from '../commands/services.ts';
import { user, window, type AskedInput } from '../vscodeStandIn.ts';

const secret = 'the secret of a webhook';
const body = '{"feature":"DEVICE_STATUS","smartlockId":17179869184,"state":{"state":1}}';

// By Python's hmac and by `openssl dgst -hmac`.
const sha256 = 'd97b14713a88c3b2e55407775df07f2c02f710812aa194cef021d20cfdc03836';
const sha1 = '557bf80de139fecc7b6986414eb5fa0c04afbe7e';

/** What the user types into each box, in their order; nothing closes the box. */
type Typed = readonly (string | undefined)[];

interface Run {
  readonly said: readonly string[];
  readonly log: readonly string[];
  readonly boxes: readonly AskedInput[];
}

/** An editor whose document is `whole` and in which `selected` is selected. */
function editorWith(whole: string, selected = ''): unknown {
  const selection = { isEmpty: selected === '' };
  const document = {
    fileName: '/home/me/hook.json',
    getText: (range?: unknown) => (range === undefined ? whole : selected),
  };
  return { selection, document };
}

async function run(typed: Typed, editor?: unknown, choice?: string): Promise<Run> {
  const log: string[] = [];
  const boxes: AskedInput[] = [];
  const left = [...typed];
  user.seen.length = 0;
  user.lists.length = 0;
  user.choose = () => choice;
  user.type = (_, box) => {
    boxes.push(box);
    return left.shift();
  };
  window.activeTextEditor = editor;
  try {
    await checkSignatureCommands({ report: reportTo((line) => log.push(line)) })[commandIds.checkSignature]();
  } finally {
    window.activeTextEditor = undefined;
    user.type = () => undefined;
    user.choose = () => undefined;
  }
  return { said: user.seen.map(({ text }) => text), log, boxes };
}

const said = async (...of: Parameters<typeof run>): Promise<readonly string[]> => (await run(...of)).said;

const valid = 'The signature is valid: X-Nuki-Signature-SHA256 fits this body and this secret.';

describe('Check Webhook Signature', () => {
  it('says which header it is, and that it fits', async () => {
    assert.deepEqual(await said([body, sha256, secret]), [valid]);
    assert.deepEqual(await said([body, `X-Nuki-Signature: ${sha1}`, ` ${secret} `]), [
      'The signature is valid: X-Nuki-Signature fits this body and this secret.',
    ]);
  });

  it('takes the body from what is selected, from the whole file, or as it is typed', async () => {
    const editor = editorWith(`before ${body} after`, body);
    assert.deepEqual(await said([sha256, secret], editor, 'Selection'), [valid]);
    assert.deepEqual(user.lists, [
      { title: 'Check Webhook Signature', labels: ['Selection', 'Whole File', 'Type or Paste…'] },
    ]);
    assert.deepEqual(await said([sha256, secret], editorWith(body), 'Whole File'), [valid]);
    assert.deepEqual(user.lists[0]?.labels, ['Whole File', 'Type or Paste…']);
    assert.deepEqual(await said([body, sha256, secret], editor, 'Type or Paste…'), [valid]);
  });

  it('says that it does not fit, and what may be the reason', async () => {
    assert.deepEqual(await said([body, sha256, 'another']), [
      "X-Nuki-Signature-SHA256 doesn't fit. The body isn't byte for byte what was signed, or the secret is a different one.",
    ]);
    assert.deepEqual(await said([body, sha1, 'another']), [
      "X-Nuki-Signature doesn't fit as HMAC-SHA1. Nuki doesn't document how it is made. Check X-Nuki-Signature-SHA256 instead.",
    ]);
  });

  it('says what an editor or a tool has done to the body', async () => {
    assert.deepEqual(await said([sha256, secret], editorWith(`${body}\n`), 'Whole File'), [
      'The body fits without its last line break (X-Nuki-Signature-SHA256). Sign the bytes as they were received.',
    ]);
    const indented = JSON.stringify(JSON.parse(body), undefined, 2);
    assert.deepEqual(await said([sha256, secret], editorWith(indented), 'Whole File'), [
      'The body fits without the blanks between its fields (X-Nuki-Signature-SHA256). Sign the bytes as they were received.',
    ]);
  });

  it('refuses a signature that cannot be one while it is typed, and an empty secret', async () => {
    const [, header, key] = (await run([body, sha256, secret])).boxes;
    const problems = ['', 'abc', 'xyz', 'Date: now', `X-Nuki-Signature: ${sha256}`, sha256, sha1].map(
      (text) => header?.validateInput?.(text) ?? 'valid',
    );
    assert.deepEqual(problems, [
      'Enter the signature.',
      'A signature has 64 digits, or 40 in the second header. This one has 3.',
      'A signature has hex digits only: 0 to 9 and a to f.',
      "Date isn't one of Nuki's signature headers.",
      'X-Nuki-Signature has 40 digits. This one has 64.',
      'valid',
      'valid',
    ]);
    assert.equal(key?.validateInput?.('  '), 'Enter the secret.');
    assert.equal(key?.validateInput?.('s'), undefined);
  });

  it('hides the secret as it is typed, and neither says nor logs it, or the body', async () => {
    for (const key of [secret, 'another secret']) {
      const { said: texts, log, boxes } = await run([body, sha256, key]);
      assert.deepEqual(
        boxes.map(({ password = false }) => password),
        [false, false, true],
      );
      const told = [...texts, ...log].join('\n');
      for (const hidden of [key, 'DEVICE_STATUS', sha256]) assert.ok(!told.includes(hidden), told);
    }
  });

  it('says nothing where the user closes a box or the list', async () => {
    for (const typed of [[undefined], [body, undefined], [body, sha256, undefined]]) {
      assert.deepEqual(await said(typed), []);
    }
    const { said: texts, boxes } = await run([body, sha256, secret], editorWith(body), undefined);
    assert.deepEqual([texts, boxes], [[], []]);
  });
});
