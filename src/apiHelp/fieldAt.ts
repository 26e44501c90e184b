/** A field with a whole number as its value, and where the two stand in a text. */
export interface Field {
  readonly name: string;
  readonly value: number;
  /** The value as it stands there, with its quotes. */
  readonly written: string;
  /** Where the name begins and the value ends, as offsets. */
  readonly start: number;
  readonly end: number;
}

/** An object in a text, as far as it can be read without knowing the language. */
export interface EnclosingObject {
  /** The field that holds it. */
  readonly name: string | undefined;
  /** Its own fields: whole numbers as such, any other value as `undefined`. */
  readonly fields: ReadonlyMap<string, number | undefined>;
}

/** A field and the text around it. */
export interface FieldInContext {
  readonly field: Field;
  /** The objects that the field is in, the innermost first, four at most. */
  readonly enclosing: readonly EnclosingObject[];
  /** The text before the field that is in none but these, from 1,000 characters before the outermost on. */
  readonly textBefore: string;
}

const maxEnclosing = 4;
const maxTextBefore = 1_000;
/** How far a name and its value may reach on either side of the pointer, in characters. */
const maxField = 1_000;
/** How far the name of an object may stand before its brace, in characters. */
const maxHolder = 100;
/** How far an object is read beyond the field in question, in characters. */
const maxObject = 4_000;

/** What may stand between a name and its value: JSON, JavaScript, Python, assignments and comparisons, `data["state"] == 3`. */
const between = String.raw`\s*["']?\]?\s*(?::|=>|={1,3}|!==?)\s*(?:\[[\d\s,"']*)?["']?`;
const nameBeforeValue = new RegExp(String.raw`(?<name>[A-Za-z]\w*)${between}$`);
const valueAfterName = new RegExp(String.raw`^${between}(?<value>0x[\da-f]+|\d+)(?![\w.])`, 'i');
/** What tells that a number without quotes is a part of something else: the rest of a clock time or a date, a unit, arithmetic. */
const restOfMore = /^(?::\d|[%°])|^\s*(?:[-+*%^~]|\/(?![/*])|<<|>>|\|(?!\|)|&(?!&|\w+=))\s*[\w("'-]/;
const idInPath = /\/smartlock\/$/;
const wholeNumber = /^(?:0x[\da-f]+|\d+)$/i;
const holderBefore = /(?:(?<holder>[A-Za-z]\w*)\s*["']?\]?\s*(?::|=>|=)\s*|(?<dotted>[A-Za-z]\w*)\.)$/;
/** A string, a word, a number, or one other character. */
const tokens = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_$][\w$]*|\d[\w.]*|[^\s\w]/g;

/**
 * The field whose name or value is at `offset`, in JSON, JavaScript, Python, HTTP bodies and lines of a log, also where the JSON stands
 * in a string. It reads from there in both directions and knows no language, so a part of a long text will do.
 */
export function fieldAt(text: string, offset: number): FieldInContext | undefined {
  const unescaped = text.replaceAll('\\"', ' "'); // of the same length, so the offset holds
  return fieldInContext(text, offset) ?? fieldInContext(unescaped, offset);
}

function fieldInContext(text: string, offset: number): FieldInContext | undefined {
  const field = findField(text, offset);
  if (!field) return undefined;
  const isQuoted = /["']/.test(text.charAt(field.start - 1));
  const { braces, textInside } = openObjectsBefore(text, isQuoted ? field.start - 1 : field.start);
  const objects = braces.map((brace) => ({
    name: holderOf(text, brace),
    fields: fieldsIn(text.slice(brace + 1), field.end - brace),
  }));
  const lineStart = text.lastIndexOf('\n', field.start) + 1;
  const holder = holderOf(text, field.start);
  const isLineAnObject = holder !== undefined || objects.length === 0;
  const enclosing = isLineAnObject ? [lineAsObject(text, lineStart, holder), ...objects] : objects;
  const outermost = braces.at(-1) ?? lineStart;
  const before = text.slice(Math.max(0, outermost - maxTextBefore), outermost);
  const inside = braces.length > 0 ? textInside + (isQuoted ? '"' : '') : text.slice(outermost, field.start);
  return { field, enclosing, textBefore: before + inside };
}

function findField(text: string, offset: number): Field | undefined {
  const word = wordAt(text, offset);
  return wholeNumber.test(word.text) ? fieldOfValue(text, word) : fieldOfName(text, word);
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function wordAt(text: string, offset: number): Word {
  const [left = ''] = /\w*$/.exec(text.slice(Math.max(0, offset - maxField), offset)) ?? [];
  const [right = ''] = /^\w*/.exec(text.slice(offset, offset + maxField)) ?? [];
  return { text: left + right, start: offset - left.length, end: offset + right.length };
}

function fieldOfValue(text: string, value: Word): Field | undefined {
  const isFraction = text[value.start - 1] === '.' || /^\.\d/.test(text.slice(value.end, value.end + 2));
  if (isFraction) return undefined;
  const before = text.slice(Math.max(0, value.start - maxField), value.start);
  const { text: digits, start, end } = value;
  if (idInPath.test(before)) return { name: 'smartlockId', value: Number(digits), written: digits, start, end };
  const found = nameBeforeValue.exec(before);
  const written = writtenValue(text, value);
  if (!found || written === undefined) return undefined;
  const name = found.groups?.['name'] ?? '';
  return { name, value: Number(digits), written, start: start - found[0].length, end };
}

/** A value with the quotes that it stands in; `undefined` where it is but a part of something else, such as `08` in `08:00`. */
function writtenValue(text: string, { text: digits, start, end }: Word): string | undefined {
  const quote = text.charAt(start - 1);
  const after = text.slice(end, end + maxField);
  if (/["']/.test(quote)) return after.trimStart().startsWith(quote) ? quote + digits + quote : undefined;
  return restOfMore.test(after) ? undefined : digits;
}

function fieldOfName(text: string, name: Word): Field | undefined {
  const found = valueAfterName.exec(text.slice(name.end, name.end + maxField));
  if (!found) return undefined;
  const { value = '' } = found.groups ?? {};
  const end = name.end + found[0].length;
  const written = writtenValue(text, { text: value, start: end - value.length, end });
  return written === undefined ? undefined : { name: name.text, value: Number(value), written, start: name.start, end };
}

/**
 * Where the objects begin that `offset`, outside of every string, lies in, the innermost first; and the text from the outermost on without
 * the brackets in it that are closed again.
 */
function openObjectsBefore(
  text: string,
  offset: number,
): { readonly braces: readonly number[]; readonly textInside: string } {
  const braces: number[] = [];
  const pieces: string[] = []; // the last one first
  let lengthInside = 0;
  let closed = 0; // brackets that end before `offset` and whose beginning is still to come
  for (let end = offset; end > 0 && braces.length < maxEnclosing;) {
    const character = text.charAt(end - 1);
    const start = /["']/.test(character) ? beginningOfString(text, end - 1) : end - 1;
    const isOpen = closed === 0 && !isClosing(character);
    if (isOpen) pieces.push(text.slice(start, end));
    if (isClosing(character)) closed += 1;
    else if (isOpening(character) && closed > 0) closed -= 1;
    else if (character === '{') {
      braces.push(start);
      lengthInside = pieces.length;
    }
    end = start;
  }
  return { braces, textInside: pieces.slice(0, lengthInside).toReversed().join('') };
}

/** Where the string begins that ends at `end`; `end` itself where no string on that line does, as in `don't`. */
function beginningOfString(text: string, end: number): number {
  const quote = text.charAt(end);
  for (let at = end - 1; at >= 0 && text[at] !== '\n'; at -= 1) {
    if (text[at] === quote && text[at - 1] !== '\\') return at;
  }
  return end;
}

/** The name in `"state": {` or in `device.state`, before `offset`. */
function holderOf(text: string, offset: number): string | undefined {
  const { groups } = holderBefore.exec(text.slice(Math.max(0, offset - maxHolder), offset)) ?? {};
  return groups?.['holder'] ?? groups?.['dotted'];
}

/** The fields of the object in which `text` begins, without those of nested objects. Reads {@link maxObject} characters beyond `length`. */
function fieldsIn(text: string, length: number): ReadonlyMap<string, number | undefined> {
  const fields = new Map<string, number | undefined>();
  let name = '';
  let isValueNext = false;
  let depth = 0;
  for (const [token] of text.slice(0, length + maxObject).matchAll(tokens)) {
    const wasNested = depth > 0;
    if (isOpening(token)) depth += 1;
    if (isClosing(token)) depth -= 1;
    if (depth < 0) break;
    if (wasNested && depth > 0) continue;
    if (/^[:=]/.test(token)) isValueNext = name !== '';
    else if (isValueNext) {
      fields.set(name, wholeNumber.test(token) ? Number(token) : undefined);
      name = '';
      isValueNext = false;
    } else name = nameIn(token);
  }
  return fields;
}

/** A word or a string as the name of the value after it; empty for any other token. */
function nameIn(token: string): string {
  return /^["'\w$]/.test(token) ? token.replace(/["'\s]/g, '') : '';
}

function isOpening(token: string): boolean {
  return /^[([{]/.test(token);
}

function isClosing(token: string): boolean {
  return /^[)\]}]/.test(token);
}

/** A line of a log or a program, taken for an object. */
function lineAsObject(text: string, lineStart: number, name: string | undefined): EnclosingObject {
  const lineEnd = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  return { name, fields: fieldsIn(line.replace(/[()[\]{}]/g, ' '), line.length) };
}
