export const watch = {
  playAll: 'Play all',
  playPicked: 'Play',
  playOn: 'Play on',
  playOnHint: 'At the end, the next clip of the list follows.',
  tapForSound: 'Tap for sound',
  jumpBack: '−{seconds, number} s',
  jumpForward: '+{seconds, number} s',
  copyMoment: 'Copy link at this moment',
} as const;
