/** A field with a whole number as its value, and where the two stand in a text. */
export interface Field {
  readonly name: string;
  readonly value: number;
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
  /** The text before the outermost of them, 1,000 characters at most. */
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
  const braces = openBracesBefore(text, isQuoted ? field.start - 1 : field.start);
  const objects = braces.map((brace) => ({
    name: holderOf(text, brace),
    fields: fieldsIn(text.slice(brace + 1), field.end - brace),
  }));
  const lineStart = text.lastIndexOf('\n', field.start) + 1;
  const holder = holderOf(text, field.start);
  const isLineAnObject = holder !== undefined || objects.length === 0;
  const enclosing = isLineAnObject ? [lineAsObject(text, lineStart, holder), ...objects] : objects;
  const outermost = braces.at(-1) ?? lineStart;
  return { field, enclosing, textBefore: text.slice(Math.max(0, outermost - maxTextBefore), outermost) };
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
  const found = nameBeforeValue.exec(text.slice(Math.max(0, value.start - maxField), value.start));
  if (!found) return undefined;
  const name = found.groups?.['name'] ?? '';
  return { name, value: Number(value.text), start: value.start - found[0].length, end: value.end };
}

function fieldOfName(text: string, name: Word): Field | undefined {
  const found = valueAfterName.exec(text.slice(name.end, name.end + maxField));
  if (!found) return undefined;
  return {
    name: name.text,
    value: Number(found.groups?.['value']),
    start: name.start,
    end: name.end + found[0].length,
  };
}

/** Where the objects begin that `offset`, outside of every string, lies in; the innermost first. */
function openBracesBefore(text: string, offset: number): readonly number[] {
  const braces: number[] = [];
  let closed = 0; // brackets that end before `offset` and whose beginning is still to come
  for (let at = offset - 1; at >= 0 && braces.length < maxEnclosing; at -= 1) {
    const character = text.charAt(at);
    if (/["']/.test(character)) at = beginningOfString(text, at);
    else if (isClosing(character)) closed += 1;
    else if (isOpening(character) && closed > 0) closed -= 1;
    else if (character === '{') braces.push(at);
  }
  return braces;
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
