/** The language to write dates in. Plain English is read everywhere, so there they have the month in words and the day first. */
export function dateLanguage(language: string): string {
  if (language === 'en') return 'en-GB';
  return Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0 ? language : 'en-GB';
}

/** By language and options: to make one takes fifty times as long as to use it, and a list has hundreds of dates. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** How dates are written in a language, made once. Without a time zone among the options by this computer's clock. */
export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(dateLanguage(language), options);
  formats.set(key, format);
  return format;
}
