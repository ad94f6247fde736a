// Writes the licence of every package that went into the build, so that the committed build may be passed on.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const NOTICE = /^(licen[cs]e|notice|copying|third-?party-?notices)/i;
const packages = new Set<string>();

/** The innermost package folder that holds a module, or nothing for the project's own modules. */
function packageFolder(id: string): string | undefined {
  return id.replace(/^\0/, '').match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/?]+/)?.[0];
}

function licence(folder: string): [string, string] {
  const { name, version, license, author, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const notices = readdirSync(folder).filter((file) => NOTICE.test(file));
  const texts = notices.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (!license) throw new Error(`${folder}/package.json names no licence: state it before you ship the package`);
  // A few packages ship no licence file: their own statement of it, and of who wrote them, is all there is.
  if (!texts.length) texts.push(`Author: ${author?.name ?? author ?? repository?.url ?? repository}\nLicence: ${license}`);
  return [`${name} ${version}`, [`${name} ${version} (${license})`, ...texts].join('\n\n')];
}

/** Notes which packages a build contains; `worker` builds only note, the page's build writes the file. */
export function licences(file?: string): Plugin {
  return {
    name: 'chancery:licences',
    generateBundle() {
      for (const id of this.getModuleIds()) {
        const folder = packageFolder(id);
        if (folder && existsSync(join(folder, 'package.json'))) packages.add(folder);
      }
      if (!file) return;
      const texts = new Map([...packages].map(licence));
      const line = `\n\n${'-'.repeat(100)}\n\n`;
      const head = 'This build of GraphiQL contains the packages below, each under its own licence.';
      const source = [head, ...[...texts].sort().map(([, text]) => text)].join(line) + '\n';
      this.emitFile({ type: 'asset', fileName: file, source });
    },
  };
}
