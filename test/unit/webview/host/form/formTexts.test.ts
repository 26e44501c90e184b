import assert from 'node:assert/strict';
import { inEnglish } from '../../../../../src/base/locale.ts';
import { formTexts } from '../../../../../src/webview/host/form/formTexts.ts';

describe('the fixed texts of the form', () => {
  const texts = Object.entries(formTexts(inEnglish));

  for (const [name, text] of texts) {
    it(`have words for "${name}"`, () => assert.match(text, /^[A-Z\d][\w\s,.:'–-]*[\w.]$/));
  }

  it('are each distinct, so that no two controls are called the same', () => {
    assert.equal(new Set(texts.map(([, text]) => text)).size, texts.length);
  });

  it("are in the reader's language", () => {
    const inCapitals = (sentence: string): string => sentence.toUpperCase();
    assert.deepEqual(
      Object.values(formTexts(inCapitals)),
      texts.map(([, text]) => text.toUpperCase()),
    );
  });
});
