import type { KeptForm, ToHost } from '../../protocol/form.ts';
import type { Host } from '../host.ts';

/** The extension, as the form's page sees it. */
export type FormHost = Host<ToHost, KeptForm>;
