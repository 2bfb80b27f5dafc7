// Says what Ajv thinks of instances, for comparison with our own engine.
//
//   node ajv_verdicts.mjs FOLDER < questions > verdicts
//
// FOLDER (searched recursively) holds draft-07 schemas as *.json; each goes by
// its "$id" and by its path below FOLDER.  A question is one line of JSON,
// {"schema": id, "instance": ...}; each is answered, in order, by one line:
// {"schema": id, "valid": true, "errors": []}, the errors being
// {"instance_pointer", "schema_pointer", "keyword", "message"}, or by
// {"schema": id, "error": text} when the question cannot be judged.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Ajv from 'ajv'
import addFormats from 'ajv-formats'

function schemaFiles (folder, below = '') {
  const found = []
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) found.push(...schemaFiles(folder, path))
    else if (entry.name.endsWith('.json')) found.push(path)
  }
  return found.sort()
}

function loadSchemas (folder) {
  const ajv = new Ajv.default({ strict: false, allErrors: true, validateFormats: true, logger: false })
  addFormats.default(ajv)
  const names = new Map() // path below the folder -> "$id"
  for (const path of schemaFiles(folder)) {
    const schema = JSON.parse(readFileSync(join(folder, path), 'utf8'))
    const id = typeof schema === 'object' && typeof schema.$id === 'string' ? schema.$id : path
    names.set(path, id)
    ajv.addSchema(schema, id)
  }
  return { ajv, names }
}

function judge ({ ajv, names }, line) {
  let schema = null
  try {
    const question = JSON.parse(line)
    schema = question.schema
    const validate = ajv.getSchema(names.get(schema) ?? schema)
    if (validate === undefined) return { schema, error: 'no such schema' }
    const valid = validate(question.instance)
    const errors = (validate.errors ?? []).map((e) => ({
      instance_pointer: e.instancePath,
      schema_pointer: e.schemaPath,
      keyword: e.keyword,
      message: e.message
    }))
    return { schema, valid, errors }
  } catch (problem) {
    return { schema, error: String(problem.message ?? problem) }
  }
}

if (process.argv.length !== 3) {
  console.error('usage: node ajv_verdicts.mjs FOLDER < questions')
  process.exit(2)
}
const schemas = loadSchemas(process.argv[2])
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  if (line.trim() === '') continue
  process.stdout.write(JSON.stringify(judge(schemas, line)) + '\n')
}
