// How alike short texts are by their words, for hints while one types: some hundreds take a phone a few milliseconds.
// Parts of words see through endings, umlauts and German compounds. Short words are left out, function words among them,
// but not abbreviations; what many of the texts say weighs little, and so do the question's own words.
const GRAM = 4; // letters
const OF_THE_QUESTION = 0.25;
const FEWEST_LETTERS = 12; // in long words, before which a text says too little to be like another
const ALIKE = 0.2; // so chosen that nine hints of ten are right; see tests/livepolls/test_likeness.py
const SAME_WORD = 0.65; // share of a word's grams
const KEPT = 2000; // texts

const known = new Map(); // text -> its words and grams

// The places of the texts that say something like this one, the likest first.
export function alike(text, texts, question = "") {
  const own = taken(text);
  if (own.words.join("").length < FEWEST_LETTERS) return [];
  const asked = taken(question).grams;
  const others = texts.map(kept);
  const weight = weights(others, asked);
  const length = sum(own.grams, weight);
  const likeness = ({ grams }) => sum([...grams].filter((gram) => own.grams.has(gram)), weight) / Math.sqrt(length * sum(grams, weight) || 1);
  return others.map((other, place) => ({ place, other, score: likeness(other) }))
    .filter(({ other, score }) => score >= ALIKE && meet(own, other, asked))
    .sort((one, two) => two.score - one.score)
    .map(({ place }) => place);
}

// One word in common is not enough, unless it is all that one of them says.
function meet(one, other, asked) {
  const [here, there] = [common(one, other, asked), common(other, one, asked)];
  return Math.min(here, there) >= 2 || here === one.words.length || there === other.words.length;
}

function common({ words }, { grams }, asked) {
  return words.map(gramsOf).filter((own) => own.filter((gram) => grams.has(gram)).length >= SAME_WORD * own.length
    && !own.every((gram) => asked.has(gram))).length;
}

function kept(text) {
  if (known.size > KEPT) known.clear();
  if (!known.has(text)) known.set(text, taken(text));
  return known.get(text);
}

function taken(text) {
  const found = text.normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
  const long = found.filter((word) => word.length >= GRAM || /^\p{Lu}{2,}$/u.test(word));
  const words = [...new Set(long.map((word) => word.toLowerCase()))];
  return { words, grams: new Set(words.flatMap(gramsOf)) };
}

function gramsOf(word) {
  const padded = ` ${word} `;
  return [...padded.slice(GRAM - 1)].map((_letter, start) => padded.slice(start, start + GRAM));
}

// Rare ones count (Robertson and Walker 1994); squared, since each stands in both texts.
function weights(texts, asked) {
  const found = new Map();
  for (const { grams } of texts) for (const gram of grams) found.set(gram, (found.get(gram) ?? 0) + 1);
  return (gram) => {
    const times = found.get(gram) ?? 0;
    const rarity = Math.log(1 + (texts.length - times + 0.5) / (times + 0.5));
    return (rarity * (asked.has(gram) ? OF_THE_QUESTION : 1)) ** 2;
  };
}

const sum = (grams, weight) => [...grams].reduce((all, gram) => all + weight(gram), 0);
