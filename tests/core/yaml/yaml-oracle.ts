/** What PyYAML reads in a YAML text: the library that wrote most cassettes, and the judge of what they mean. */
import { spawnSync } from 'node:child_process'

const SCRIPT = String.raw`
import json, re, sys, yaml

class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}

def implicit(name, pattern, first):
    Loader.add_implicit_resolver('tag:yaml.org,2002:' + name, re.compile(pattern), first)

implicit('null', r'^(?:~|null|Null|NULL|)$', ['~', 'n', 'N', ''])
implicit('bool', r'^(?:true|True|TRUE|false|False|FALSE)$', list('tTfF'))
implicit('int', r'^(?:[-+]?(?:0|[1-9][0-9]*)|0x[0-9a-fA-F]+)$', list('-+0123456789'))
implicit('float', r'^(?:[-+]?[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+][0-9]+)?$', list('-+0123456789.'))
implicit('merge', r'^(?:<<)$', ['<'])

def bare(loader, suffix, node=None):
    node = suffix if node is None else node
    if isinstance(node, yaml.ScalarNode):
        return node.value
    if isinstance(node, yaml.SequenceNode):
        items = loader.construct_sequence(node, True)
        return items[0] if re.search(r'python/object/(apply|new):.*\bi?str$', node.tag) and len(items) == 1 else items
    return loader.construct_mapping(node, True)

def key_text(node):
    if isinstance(node, yaml.ScalarNode):
        return 'null' if node.value == '' and node.style is None else node.value
    if re.search(r'istr$', node.tag):
        return node.value[0].value
    return '?'

def mapping(loader, node, deep=True):
    loader.flatten_mapping(node)
    return {key_text(key): loader.construct_object(value, True) for key, value in node.value}

def binary(loader, node):
    return re.sub(r'\s+', '', node.value)

Loader.construct_mapping = mapping
for tag in ('!!map', '!!set'):
    Loader.add_constructor(tag.replace('!!', 'tag:yaml.org,2002:'), lambda loader, node: mapping(loader, node))
Loader.add_constructor('tag:yaml.org,2002:seq', lambda loader, node: loader.construct_sequence(node, True))
Loader.add_constructor('tag:yaml.org,2002:binary', binary)
Loader.add_constructor('!binary', binary)
Loader.add_constructor('tag:yaml.org,2002:timestamp', bare)
Loader.add_constructor(None, bare)

def read(text):
    try:
        loader = Loader(text)
        value = loader.get_data() if loader.check_data() else None
        # what follows has to be another document, or nothing
        loader.check_data()
        return {'value': value}
    except Exception as error:
        return {'error': str(error)}

json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`

export type OracleReading = { readonly value: unknown } | { readonly error: string }

/** Whether PyYAML is there: where it is not, the tests that ask it are skipped and say so. */
export const HAS_PYYAML = spawnSync('python3', ['-c', 'import yaml']).status === 0

export function readWithPyYaml(texts: readonly string[]): readonly OracleReading[] {
  const input = JSON.stringify(texts)
  const { stdout, stderr, status } = spawnSync('python3', ['-c', SCRIPT], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as readonly OracleReading[]
}
