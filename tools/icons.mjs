// `npm run icons`: writes packages/icons from the drawings of the Tabler set, of those icons that the web application shows.
// So a clone installs one file of drawings and not the twenty thousand of a component library.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
export const ICONS_FILE = join(root, 'packages', 'icons', 'src', 'index.ts');
const SHOWN_BY = ['admin', 'topology-editor'];
const IMPORT = /import (?:type )?\{([^}]*)\} from '@sluice\/icons';/g;
const PATH = /\bd="([^"]+)"/g;

/** The source of packages/icons/src/index.ts. */
export function iconsSource() {
  const set = createRequire(import.meta.url)('@iconify-json/tabler/icons.json');
  const lines = iconsShown().map((icon) => {
    const name = tablerName(icon);
    const drawing = set.icons[name] ?? set.icons[set.aliases?.[name]?.parent];
    if (!drawing)
      throw new Error(
        `The Tabler set has no icon "${name}", which ${icon} would be. https://tabler.io/icons shows what it has.`,
      );
    const paths = [...drawing.body.matchAll(PATH)].map(([, path]) => `  '${path}',`);
    const kind = name.endsWith('-filled') ? 'filled' : 'outlined';
    return `export const ${icon}: Icon = /* @__PURE__ */ ${kind}(\n${paths.join('\n')}\n);`;
  });
  const source = [
    '// Written by `npm run icons` from the Tabler set (MIT licence): to use another icon, import it and run that.',
    "import { filled, type Icon, outlined } from './drawing/icon.tsx';",
    "export type { Icon, IconProps } from './drawing/icon.tsx';",
    lines.join('\n'),
  ].join('\n\n');
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${ICONS_FILE}`], {
    input: source,
    encoding: 'utf8',
  });
}

/** What the sources import, each once. */
function iconsShown() {
  const icons = SHOWN_BY.flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => /\.tsx?$/.test(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
      .flatMap((text) => [...text.matchAll(IMPORT)].flatMap(([, names]) => names.match(/\bIcon[A-Z]\w*/g) ?? [])),
  );
  return [...new Set(icons)].filter((name) => name !== 'IconProps').sort();
}

/** `IconArrowsSplit2` is `arrows-split-2`. */
const tablerName = (icon) =>
  icon
    .slice('Icon'.length)
    .replace(/(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])/g, '-')
    .toLowerCase();

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(ICONS_FILE, iconsSource());
