import { answer } from './answer.ts';
import { readCloud, writeCloud } from './cloud-state.ts';

// Google's command line as far as gcp:* speak it, on a cloud that is a file (FAKE_GCLOUD_STATE). Test equipment: the
// flags that it knows are those of Google's reference, and it refuses what Google would.
const file = process.env.FAKE_GCLOUD_STATE ?? '';
const state = readCloud(file);
const { exitCode, stdout, stderr } = answer(state, process.argv.slice(2), process.cwd());
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
writeCloud(file, state);
