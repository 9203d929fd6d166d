/** Marks that change how a letter looks and not which it is; signs that nobody sees. */
const UNSEEN = /[\p{Mn}\p{Cf}]/gu;
const NO_WORD = /[^\p{L}\p{N}]+/u;

/**
 * A text as its words: in lower case, without accents and invisible signs, in the plain form of letters that look
 * alike by Unicode's own account (full-width, bold, circled …).
 */
export function foldWords(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(UNSEEN, '').toLowerCase().replaceAll('ß', 'ss');
  return plain.split(NO_WORD).filter((word) => word !== '');
}

/**
 * The first of these words or phrases that stands in one of the texts, as whole words; undefined when none does.
 *
 * @param words - as somebody typed them; one without any letter or digit is never found
 */
export function findBlockedWord(texts: readonly string[], words: readonly string[]): string | undefined {
  const folded = words.map((word) => ({ word, needle: padded(foldWords(word)) }));
  const haystacks = texts.map((text) => padded(foldWords(text)));
  return folded.find(
    ({ needle }) => needle.trim() !== '' && haystacks.some((haystack) => haystack.includes(needle)),
  )?.word;
}

function padded(words: readonly string[]): string {
  return ` ${words.join(' ')} `;
}
