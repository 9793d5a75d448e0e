// Answers for each of [{draft, texts, question}, …] on standard input which of the texts are like the draft.
import { readFileSync } from "node:fs";
import { alike } from "../../app/static/src/js/likeness.js";

const asked = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(asked.map(({ draft, texts, question }) => alike(draft, texts, question))));
