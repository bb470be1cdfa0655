export const libraryAudit = {
  label: 'Audit of the library',
  never: 'The library has not been audited yet. A worker does it every night; npm run media:audit does it at once.',
  clean:
    'Audited {when}: {clips, plural, one {# clip} other {# clips}}, {masters, plural, one {# master} other {# masters}} and {objects, plural, one {# object} other {# objects}}, nothing wrong.',
  nothing: 'Audited {when}: there was nothing to look at.',
  mended: '{count, plural, one {# thing was mended.} other {# things were mended.}}',
  running: 'An audit is running, since {when}.',
  failed: 'The audit of {when} could not look at everything; the worker’s log says why.',
  brokenOff: 'The audit of {when} was broken off.',
  title: '{count, plural, one {# thing is wrong in the library} other {# things are wrong in the library}}',
  audited: 'Audited {when}',
  tooMany:
    'Objects without an owner are too many to be leftovers, and none was removed. Is this the database that the buckets belong to?',
  first: 'The first of them',
  all: 'npm run media:audit lists all of them; --fix mends what is safe.',
  of: '{where}, of {owner}',
  kinds: {
    object_missing:
      '{count, plural, one {# object is missing.} other {# objects are missing.}} Restore them from the backup, or cut the clips again.',
    object_differs:
      '{count, plural, one {# object is not the one that was registered.} other {# objects are not those that were registered.}} Restore them from the backup, or cut the clips again.',
    bytes_differ:
      '{count, plural, one {# object has other bytes than its checksum says.} other {# objects have other bytes than their checksums say.}} Look after the disk, then restore them.',
    clip_without_assets:
      '{count, plural, one {# ready clip has nothing to show.} other {# ready clips have nothing to show.}} Delete them and cut them again.',
    ownerless_object:
      '{count, plural, one {# object belongs to no clip.} other {# objects belong to no clip.}} media:audit --fix removes them.',
    unknown_master:
      '{count, plural, one {# file in the lake is named by nothing.} other {# files in the lake are named by nothing.}} Cut from them, or delete them by hand; the portal never does.',
    clip_without_job:
      '{count, plural, one {# clip waits for a cut that nobody will make.} other {# clips wait for cuts that nobody will make.}} media:audit --fix puts them back in line.',
    master_without_job:
      '{count, plural, one {# master is being prepared by nobody.} other {# masters are being prepared by nobody.}} media:audit --fix puts them back in line.',
    silent_job:
      '{count, plural, one {# job has a worker that gives no sign.} other {# jobs have workers that give no sign.}} A running worker takes them up again.',
    sums_differ: 'The sums that facets and statistics go by are not right. media:audit --fix mends them.',
    texts_differ: 'Clips are not found by what they are. media:audit --fix makes their text for search anew.',
    store_leftover:
      '{count, plural, one {# file was left in the store by a crash.} other {# files were left in the store by crashes.}} media:audit --fix removes them.',
  },
} as const;
