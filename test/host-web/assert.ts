/** As much of node:assert/strict as the tests here and in test/host/everywhere use: a browser has none. */
export default Object.assign(ok, { ok, equal, notEqual, deepEqual, match, doesNotMatch, fail });

function ok(value: unknown, message: string | Error = 'It is not true.'): void {
  if (!value) throw message instanceof Error ? message : new Error(message);
}

function equal(actual: unknown, expected: unknown): void {
  ok(Object.is(actual, expected), `${inWords(actual)} is not ${inWords(expected)}`);
}

function notEqual(actual: unknown, expected: unknown): void {
  ok(!Object.is(actual, expected), `It is ${inWords(expected)}`);
}

/** Of what can be written as JSON. */
function deepEqual(actual: unknown, expected: unknown): void {
  equal(inWords(actual), inWords(expected));
}

function match(text: string, pattern: RegExp): void {
  ok(pattern.test(text), `${inWords(text)} does not match ${pattern}`);
}

function doesNotMatch(text: string, pattern: RegExp): void {
  ok(!pattern.test(text), `${inWords(text)} matches ${pattern}`);
}

function fail(message: string): never {
  throw new Error(message);
}

const inWords = (value: unknown): string => JSON.stringify(value) ?? String(value);
