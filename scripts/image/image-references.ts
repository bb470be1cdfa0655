/** An image that a file names, like `postgres:18.4-bookworm@sha256:…`. */
export interface ImageReference {
  /** As it is written. */
  text: string;
  name: string;
  tag: string;
  digest?: string;
}

/** `FROM name:tag` of a Dockerfile and `image: name:tag` of a compose file; a stage, `scratch` and an own image have no tag. */
const NAMED =
  /^(?:FROM|[ \t]+image:)[ \t]+((?<name>[a-z0-9._/-]+):(?<tag>[\w.-]+)(?:@(?<digest>sha256:[0-9a-f]{64}))?)(?=\s|$)/gm;

/** The images that a Dockerfile or a compose file takes from a registry, in its order. */
export const imageReferences = (text: string): ImageReference[] =>
  [...text.matchAll(NAMED)].map(({ 1: whole = '', groups = {} }) => ({
    text: whole,
    name: groups.name ?? '',
    tag: groups.tag ?? '',
    ...(groups.digest === undefined ? {} : { digest: groups.digest }),
  }));

/** A tag that a later release would move: one without a full version, `24`, `24-slim` or `latest`. */
export const isFloating = ({ name, tag }: ImageReference): boolean =>
  // PostgreSQL's versions have two parts.
  !(name === 'postgres' ? /^\d+\.\d+(-|$)/ : /^\d+\.\d+\.\d+(-|$)/).test(tag);

/** The text with each image's digest behind its tag, in place of one that is there. */
export async function pinImages(text: string, digestOf: (image: ImageReference) => Promise<string>): Promise<string> {
  let pinned = text;
  for (const image of imageReferences(text)) {
    pinned = pinned.replaceAll(
      new RegExp(`${RegExp.escape(image.text)}(?=\\s|$)`, 'gm'),
      `${image.name}:${image.tag}@${await digestOf(image)}`,
    );
  }
  return pinned;
}
