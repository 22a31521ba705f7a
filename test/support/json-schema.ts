import assert from 'node:assert/strict';
import Ajv from 'ajv';
import schema from '../../media/pagecost.schema.json';

const validate = new Ajv({ allErrors: true, strict: true, strictTypes: false }).compile(schema);

/** A document is as the published schema has it; `what` names it where it is not. */
export function assertValid(document: unknown, what = 'document') {
  assert.ok(validate(document), `${what}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
}

/** Of what is not: the schema does refuse something. */
export const assertInvalid = (document: unknown) => assert.equal(validate(document), false);
