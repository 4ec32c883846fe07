import type { PerhapsAdmin } from './admin/meant-words.js';
import type { AdminRequest } from './admin/request.js';

/** What somebody wants to know or have done, read from their words. */
export type ChatRequest =
  | { readonly kind: 'help' }
  /** About people, licenses and money of the latest audit: read as a query where the words of the tenant are known. */
  | { readonly kind: 'question'; readonly text: string }
  /** How many people other thresholds would flag; no days: the usual ones. They may be out of range. */
  | { readonly kind: 'whatIf'; readonly days: readonly number[] }
  /** `who`: an id, address or name as typed. */
  /** `perhaps`: the whole text, which is a question if nobody is called so: "what about Finance". */
  | { readonly kind: 'case'; readonly who: string; readonly perhaps?: string }
  /** All that is known of somebody; to everybody but admins the same as their case. */
  | { readonly kind: 'person'; readonly who: string; readonly perhaps: string }
  | { readonly kind: 'history'; readonly who: string }
  | { readonly kind: 'undo'; readonly who: string }
  /** An admin takes upon themself what stands in the way of a case. */
  | { readonly kind: 'waive'; readonly who: string; readonly thing: string; readonly reason: string }
  /** An admin wants whoever was asked about somebody reminded. */
  | { readonly kind: 'remind'; readonly who: string }
  /** A waiver that does not say what, for whom or why. */
  | { readonly kind: 'waiveUnclear' }
  /** `otherwise`: what the words are to everybody who is no admin, as if no admin could ask for such a thing. */
  | { readonly kind: 'admin'; readonly wants: AdminRequest; readonly otherwise: ChatRequest }
  /** The same of words that are near such a thing: it is offered to admins, and never done. */
  | { readonly kind: 'adminMeant'; readonly meant: readonly PerhapsAdmin[]; readonly otherwise: ChatRequest }
  /** Why somebody was asked about a person. */
  | { readonly kind: 'explain'; readonly who: string }
  /** Questions that wait for the asker. */
  | { readonly kind: 'waiting' }
  /** Sealed cases that wait for HR. */
  | { readonly kind: 'hr' }
  /** What became of the messages to people who were asked. `who`: of those to one person, as typed. */
  | { readonly kind: 'deliveries'; readonly who?: string }
  /** What is on record about the asker themself. */
  | { readonly kind: 'me' }
  | { readonly kind: 'hello' }
  /** Nothing that was asked in words waits for it. */
  | { readonly kind: 'yesOrNo' }
  | { readonly kind: 'thanks' }
  /** A request about a person that names nobody. */
  | { readonly kind: 'nameMissing'; readonly about: 'case' | 'history' | 'undo' | 'explain' | 'remind' }
  /**
   * `suggestions`: complete requests that were perhaps meant. Nothing is guessed and done. `name`: they ask for somebody, for
   * no better reason than that the words may be a name. `text`: perhaps a question.
   */
  | {
      readonly kind: 'unknown';
      readonly suggestions: readonly string[];
      readonly name?: string;
      readonly text: string;
    };
