'use client';

import type { StoryboardCue } from './storyboard-cues.ts';
import type { Storyboard } from './storyboard-sheet.ts';

/** One cell of the sprite, as large as its box allows at the cell's own shape. */
export function StoryboardTile({ storyboard, cue }: { storyboard: Storyboard; cue: StoryboardCue }) {
  const sheet = storyboard.sizes.get(cue.url) ?? cue;
  const part = (offset: number, size: number, whole: number) => (whole > size ? (offset / (whole - size)) * 100 : 0);
  const shape = cue.width / cue.height;
  return (
    <div className="[container-type:size] flex size-full items-center justify-center">
      <div
        style={{
          aspectRatio: shape,
          width: `min(100cqw, 100cqh * ${shape})`,
          backgroundImage: `url(${JSON.stringify(cue.url)})`,
          backgroundSize: `${(sheet.width / cue.width) * 100}% ${(sheet.height / cue.height) * 100}%`,
          backgroundPosition: `${part(cue.x, cue.width, sheet.width)}% ${part(cue.y, cue.height, sheet.height)}%`,
        }}
      />
    </div>
  );
}
