import type { DossierText } from '../answer/ask.ts';
import type { Device } from '../device/device.ts';
import type { FactSource } from '../graph/factSource.ts';
import { dossierPromptText } from '../isr/dossierText.ts';
import { isrDossiers, type DossierTarget } from '../isr/isrDossiers.ts';

/** The dossier of the handler that is meant, with its text for a model; undefined where there is no such handler. */
export async function handlerDossier(target: DossierTarget, { facts, device }: { readonly facts: FactSource; readonly device?: Device | undefined }): Promise<DossierText | undefined> {
  const [dossier] = (await isrDossiers(facts, device, target)).isrs;
  return dossier === undefined ? undefined : { dossier, text: dossierPromptText(dossier) };
}
