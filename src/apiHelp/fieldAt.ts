/** A field with a whole number as its value, and where the two stand in a text. */
export interface Field {
  readonly name: string;
  readonly value: number;
  /** Where the name begins and the value ends, as offsets. */
  readonly start: number;
  readonly end: number;
}

/** An object in a text, as far as it can be read without knowing the language. */
export interface Enclosing {
  /** The field that holds it. */
  readonly name: string | undefined;
  /** Its own fields: whole numbers as such, of all others only that they are there. */
  readonly fields: ReadonlyMap<string, number | undefined>;
}

/** A field and what stands around it. */
export interface FieldInContext {
  readonly field: Field;
  /** The objects it is in, the innermost first. */
  readonly enclosing: readonly Enclosing[];
  /** What stands before the outermost of them. */
  readonly textBefore: string;
}

const levels = 4;
const leadLength = 1_000;
const longestField = 1_000;

/** What may stand between a name and its value: JSON, JavaScript, Python, assignments and comparisons, `data["state"] == 3`. */
const between = String.raw`\s*["']?\]?\s*(?::|=>|={1,3}|!==?)\s*(?:\[[\d\s,"']*)?["']?`;
const nameBefore = new RegExp(String.raw`([A-Za-z]\w*)${between}$`);
const valueAfter = new RegExp(String.raw`^${between}(0x[\da-f]+|\d+)(?![\w.])`, 'i');
const holderBefore = /(?:([A-Za-z]\w*)\s*["']?\]?\s*(?::|=>|=)\s*|([A-Za-z]\w*)\.)$/;
const token = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_$][\w$]*|\d[\w.]*|[^\s\w]/g;

/**
 * The field whose name or value is at `offset`, in JSON, JavaScript, Python, HTTP bodies and lines of a log, also where the JSON stands
 * in a string. It reads forwards and backwards from there and knows no language, so that a part of a long text will do.
 */
export function fieldAt(text: string, offset: number): FieldInContext | undefined {
  return fieldIn(text, offset) ?? fieldIn(text.replaceAll('\\"', ' "'), offset);
}

function fieldIn(plain: string, offset: number): FieldInContext | undefined {
  const field = findField(plain, offset);
  if (!field) return undefined;
  const openings = openingsBefore(plain, field.start - (/["']/.test(plain.charAt(field.start - 1)) ? 1 : 0));
  const lineStart = plain.lastIndexOf('\n', field.start) + 1;
  const objects = openings.map((at) => ({
    name: holderOf(plain, at),
    fields: fieldsIn(plain.slice(at + 1), field.end - at),
  }));
  const holder = holderOf(plain, field.start);
  if (holder !== undefined || openings.length === 0) objects.unshift(lineAround(plain, lineStart, holder));
  const outermost = openings.at(-1) ?? lineStart;
  return { field, enclosing: objects, textBefore: plain.slice(Math.max(0, outermost - leadLength), outermost) };
}

function findField(text: string, offset: number): Field | undefined {
  const [left = ''] = /\w*$/.exec(text.slice(Math.max(0, offset - longestField), offset)) ?? [];
  const [right = ''] = /^\w*/.exec(text.slice(offset, offset + longestField)) ?? [];
  const [word, start, end] = [left + right, offset - left.length, offset + right.length];
  if (/^(?:0x[\da-f]+|\d+)$/i.test(word)) {
    if (text[start - 1] === '.' || /^\.\d/.test(text.slice(end, end + 2))) return undefined;
    const before = nameBefore.exec(text.slice(Math.max(0, start - longestField), start));
    return before?.[1] === undefined
      ? undefined
      : { name: before[1], value: Number(word), start: start - before[0].length, end };
  }
  const after = valueAfter.exec(text.slice(end, end + longestField));
  return after ? { name: word, value: Number(after[1]), start, end: end + after[0].length } : undefined;
}

/** Where the objects begin that `offset`, outside of every string, lies in; the innermost first. */
function openingsBefore(text: string, offset: number): readonly number[] {
  const openings: number[] = [];
  for (let at = offset - 1, closed = 0; at >= 0 && openings.length < levels; at -= 1) {
    const sign = text.charAt(at);
    if (sign === '"' || sign === "'") at = beginningOfString(text, at);
    else if (/[)\]}]/.test(sign)) closed += 1;
    else if (/[([{]/.test(sign)) {
      if (closed > 0) closed -= 1;
      else if (sign === '{') openings.push(at);
    }
  }
  return openings;
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
  const [, before, dotted] = holderBefore.exec(text.slice(Math.max(0, offset - 100), offset)) ?? [];
  return before ?? dotted;
}

/** The own fields of the object that `text` begins within; those of the objects in it are left out. */
function fieldsIn(text: string, atLeast: number): ReadonlyMap<string, number | undefined> {
  const fields = new Map<string, number | undefined>();
  let [name, colon, depth] = ['', false, 0];
  for (const { 0: found, index } of text.slice(0, atLeast + longestObject).matchAll(token)) {
    if (/^[([{]/.test(found)) depth += 1;
    else if (/^[)\]}]/.test(found) && --depth < 0) break;
    if (depth > (/^[([{]/.test(found) ? 1 : 0)) continue;
    if (/^[:=]/.test(found)) colon = name !== '';
    else if (colon) {
      fields.set(name, /^(?:0x[\da-f]+|\d+)$/i.test(found) ? Number(found) : undefined);
      [name, colon] = ['', false];
    } else name = /^["'\w$]/.test(found) ? found.replace(/["'\s]/g, '') : '';
    if (index > atLeast + longestObject) break;
  }
  return fields;
}

/** How far, in characters, an object is read beyond the field in question. */
const longestObject = 4_000;

/** A line of a log or a program, taken for an object. */
function lineAround(text: string, lineStart: number, name: string | undefined): Enclosing {
  const lineEnd = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  return { name, fields: fieldsIn(line.replace(/[()[\]{}]/g, ' '), line.length) };
}
