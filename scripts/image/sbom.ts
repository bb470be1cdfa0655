import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A component of CycloneDX 1.5, as far as it is written here. */
export interface Component {
  type: 'library' | 'application';
  'bom-ref': string;
  name: string;
  version: string;
  purl: string;
}

/** What is read of npm's document. */
export interface Sbom {
  components: Component[];
  dependencies?: { ref: string }[];
}

/** One paragraph of /var/lib/dpkg/status: fields by name, continued lines left out. */
function fieldsOf(paragraph: string): Map<string, string> {
  const lines = paragraph.split('\n').filter((line) => /^[A-Z][A-Za-z-]*: /.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2).trim()]));
}

/**
 * Debian packages of a status text (deb-status, paragraphs parted by an empty line) as components, with package URLs
 * as purl-spec writes them for `deb`. A package that was removed and left its configuration is none.
 */
export function debianComponents(status: string): Component[] {
  return status.split(/\n{2,}/).flatMap((paragraph) => {
    const fields = fieldsOf(paragraph);
    const [name, version, architecture] = ['Package', 'Version', 'Architecture'].map((field) => fields.get(field));
    if (!name || !version || !architecture || !fields.get('Status')?.endsWith(' installed')) return [];
    const purl = `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}`;
    return [{ type: 'library' as const, 'bom-ref': purl, name, version, purl }];
  });
}

const nodeComponent = (version: string): Component => {
  const purl = `pkg:generic/node@${version}`;
  return { type: 'application', 'bom-ref': purl, name: 'node', version, purl };
};

/** npm's list with the image's other parts added: Debian's packages, whole or in part, and Node. */
export function mergeSbom<T extends Sbom>(npm: T, debianStatus: string, nodeVersion: string): T {
  const others = [nodeComponent(nodeVersion), ...debianComponents(debianStatus)];
  const known = new Map([...npm.components, ...others].map((component) => [component['bom-ref'], component]));
  return { ...npm, components: [...known.values()] };
}

/** The packages that dpkg installed, and those of which only what is needed was copied. */
function readDebianStatus(folder = '/var/lib/dpkg'): string {
  const partial = path.join(folder, 'status.d');
  const files = existsSync(partial) ? readdirSync(partial).map((name) => path.join(partial, name)) : [];
  return [path.join(folder, 'status'), ...files].map((file) => readFileSync(file, 'utf8')).join('\n\n');
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (!file) throw new Error('Say where the list that `npm sbom` wrote is.');
  const merged = mergeSbom(JSON.parse(readFileSync(file, 'utf8')), readDebianStatus(), process.versions.node);
  process.stdout.write(`${JSON.stringify(merged, null, 2)}\n`);
}
