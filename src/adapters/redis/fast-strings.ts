import 'ioredis';

/**
 * ioredis 6 declares a subclass of String (`VerbatimString`). The engine (Node 20 to 24) answers by turning
 * `String.prototype` into a slow table, and from then on every method of every string costs up to four times as much in
 * the whole process. Reading a method of a String object, often enough for the engine to notice, has it made fast again;
 * code that runs before that stays slow, so this belongs where ioredis is first loaded.
 */
const text = Object('a') as string;
const read = (one: string) => one.charCodeAt(0);

for (let times = 0; times < 1_000; times += 1) read(text);
