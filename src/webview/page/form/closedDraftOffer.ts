import type { FormModel } from '../../protocol/form.ts';
import { button, element } from '../element.ts';
import type { FormHost } from './formHost.ts';

export interface ClosedDraftOffer {
  readonly element: HTMLElement;
  show(model: FormModel): void;
  hide(): void;
}

/** Above a new form: what was written in one that was closed. */
export function closedDraftOffer(host: FormHost): ClosedDraftOffer {
  const sentence = element('p', { role: 'status' });
  const buttons = element('div', { class: 'line' });
  const offer = element('div', { class: 'offer', hidden: true }, sentence, buttons);
  return {
    element: offer,
    show({ closedDraft, texts }) {
      offer.hidden = closedDraft === '';
      sentence.textContent = closedDraft;
      buttons.replaceChildren(
        button(texts.continueDraft, () => host.post('continueDraft', null)),
        button(texts.discardDraft, () => {
          host.post('discardDraft', null);
          offer.hidden = true;
        }),
      );
    },
    hide() {
      offer.hidden = true;
    },
  };
}
