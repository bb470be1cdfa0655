import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/errors.ts';
import { runCommand } from './cli/run-command.ts';
import { imageReferences, pinImages } from './image/image-references.ts';
import { readDigest } from './image/registry-digest.ts';
import { ROOT } from './portal/build-web.ts';

const FILES = ['Dockerfile', 'compose.yaml'];

await runCommand({
  usage: 'npm run images:pin --',
  summary: 'Writes the digest of every base image behind its tag, as Docker Hub has it now; --check only compares.',
  define: (command) => command.option('--check', 'change nothing; fail when a digest is missing or another one'),
  parse: (options) => ({ check: options.check === true }),
  run: async ({ check }, { reporter }) => {
    reporter.start('Asking for digests …');
    const changed: string[] = [];
    for (const name of FILES) {
      const file = path.join(ROOT, name);
      const text = await readFile(file, 'utf8');
      const pinned = await pinImages(text, (image) => readDigest(image));
      if (pinned === text) continue;
      changed.push(name);
      if (!check) await writeFile(file, pinned);
    }
    if (check && changed.length > 0) {
      const detail = `${changed.join(' and ')}: not pinned to what the registry has; npm run images:pin does it.`;
      throw new AppError({ status: 500, code: 'images_unpinned', detail });
    }
    const images = (await Promise.all(FILES.map((name) => readFile(path.join(ROOT, name), 'utf8')))).flatMap(
      imageReferences,
    );
    reporter.succeed(`${images.length} images are pinned.`);
  },
});
