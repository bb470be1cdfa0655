import { En } from 'media-chrome/lang/en.js';
import { Fr } from 'media-chrome/lang/fr.js';
import { addTranslation } from 'media-chrome/utils/i18n.js';

// The button shows `1x`: whoever says what is on it to their machine must find that in its name.
const RATE = 'Playback rate {playbackRate}';
addTranslation('en', { ...En, [RATE]: `${En[RATE]}x` });
addTranslation('fr', { ...Fr, [RATE]: `${Fr[RATE]}x` });
