/** Chooses between a sentence in English and the same in Chinese. */
export type Say = (english: string, chinese: string) => string;

/** Sentences in the language of the question. */
export function sayIn(question: string): Say {
  const isChinese = /[\u3400-\u9fff]/.test(question);
  return (english, chinese) => isChinese ? chinese : english;
}
