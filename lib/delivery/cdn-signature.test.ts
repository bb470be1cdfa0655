import { describe, expect, it } from 'vitest';
import { createCdnSigner } from './cdn-signature.ts';

// The key of Google's own samples; every signature below is published with them (GoogleCloudPlatform/golang-samples,
// cdn/signedurls and cdn/signedcookies; GoogleCloudPlatform/python-docs-samples, cdn; the Cloud CDN manual).
const KEY = { name: 'my-key', secret: 'nZtRohdNF9m3cKM24IcK4w==' };
const signer = createCdnSigner(KEY);
const at = (seconds: number) => new Date(seconds * 1000);

describe('a signed URL', () => {
  it.each([
    [
      'http://35.186.234.33/index.html',
      1558131350,
      '?Expires=1558131350&KeyName=my-key&Signature=fm6JZSmKNsB5sys8VGr-JE4LiiE=',
    ],
    [
      'https://www.google.com/',
      1549751401,
      '?Expires=1549751401&KeyName=my-key&Signature=M_QO7BGHi2sGqrJO-MDr0uhDFuc=',
    ],
    [
      'https://www.example.com/some/path?some=query&another=param',
      1549751461,
      '&Expires=1549751461&KeyName=my-key&Signature=sTqqGX5hUJmlRJ84koAIhWW_c3M=',
    ],
    [
      'http://35.186.234.33/index.html',
      1549751401,
      '?Expires=1549751401&KeyName=my-key&Signature=CRFqQnVfFyiUyR63OQf-HRUpIwc=',
    ],
    [
      'http://www.example.com/',
      1549751401,
      '?Expires=1549751401&KeyName=my-key&Signature=OqDUFfHpN5Vxga6r80bhsgxKves=',
    ],
    [
      'http://www.example.com/some/path?some=query&another=param',
      1549751401,
      '&Expires=1549751401&KeyName=my-key&Signature=9Q9TCxSju8-W5nUkk5CuTrun2_o=',
    ],
  ])('of %s until %i is the published one', (url, seconds, end) => {
    expect(signer.signUrl(url, at(seconds))).toBe(url + end);
  });
});

describe('a signature for a prefix', () => {
  it.each([
    [
      'https://media.example.com/segments/',
      1558131350,
      'URLPrefix=aHR0cHM6Ly9tZWRpYS5leGFtcGxlLmNvbS9zZWdtZW50cy8=&Expires=1558131350&KeyName=my-key&Signature=HWE5tBTZgnYVoZzVLG7BtRnOsgk=',
    ],
    [
      'http://35.186.234.33/',
      1549751401,
      'URLPrefix=aHR0cDovLzM1LjE4Ni4yMzQuMzMv&Expires=1549751401&KeyName=my-key&Signature=j7HYgoQ8dIOVsW3Rw4cpkjWfRMA=',
    ],
    [
      'http://www.example.com/',
      1549751401,
      'URLPrefix=aHR0cDovL3d3dy5leGFtcGxlLmNvbS8=&Expires=1549751401&KeyName=my-key&Signature=UdT5nVks6Hh8QFMJI9kmXuXYBk0=',
    ],
    [
      'http://www.example.com/some/',
      1549751401,
      'URLPrefix=aHR0cDovL3d3dy5leGFtcGxlLmNvbS9zb21lLw==&Expires=1549751401&KeyName=my-key&Signature=3th4ThmpS95I1TAKYyYSCSq3dnQ=',
    ],
  ])('%s until %i is the published one', (prefix, seconds, query) => {
    expect(signer.prefixQuery(prefix, at(seconds))).toBe(query);
  });
});

describe('a signed cookie', () => {
  it.each([
    [
      'https://media.example.com/segments/',
      1558131350,
      'URLPrefix=aHR0cHM6Ly9tZWRpYS5leGFtcGxlLmNvbS9zZWdtZW50cy8=:Expires=1558131350:KeyName=my-key:Signature=_qwhz38bxCKdiDqENLIx4ujrw-U=',
    ],
    [
      'https://video.example.com/manifests/123/',
      1558131350,
      'URLPrefix=aHR0cHM6Ly92aWRlby5leGFtcGxlLmNvbS9tYW5pZmVzdHMvMTIzLw==:Expires=1558131350:KeyName=my-key:Signature=0ZSSGg0VdRH29siXG8wiPTV5LOE=',
    ],
    [
      'http://35.186.234.33/index.html',
      1549751401,
      'URLPrefix=aHR0cDovLzM1LjE4Ni4yMzQuMzMvaW5kZXguaHRtbA==:Expires=1549751401:KeyName=my-key:Signature=uImwlOBCPs91mlCyG9vyyZRrNWU=',
    ],
    [
      'http://www.example.com/foo/',
      1549751401,
      'URLPrefix=aHR0cDovL3d3dy5leGFtcGxlLmNvbS9mb28v:Expires=1549751401:KeyName=my-key:Signature=Z9uYAu73YHioRScZDxnP-TnS274=',
    ],
  ])('for %s until %i is the published one', (prefix, seconds, value) => {
    expect(signer.cookie(prefix, at(seconds))).toBe(`Cloud-CDN-Cookie=${value}`);
  });
});

describe('what cannot be signed', () => {
  const soon = at(1558131350);

  it.each(['15 bytes', '17 bytes!', ''])('a key of %j', (text) => {
    const secret = Buffer.from(text).toString('base64url');
    expect(() => createCdnSigner({ ...KEY, secret })).toThrow(RangeError);
  });

  it.each(['', 'My Key', 'a&Signature=x', '-a'])('a key of name %j', (name) => {
    expect(() => createCdnSigner({ ...KEY, name })).toThrow(RangeError);
  });

  it.each([
    'media.example.com/x',
    'ftp://media.example.com/x',
    'https://media.example.com/a b',
    'https://e.com/a/../b',
  ])('%j', (url) => {
    expect(() => signer.signUrl(url, soon)).toThrow(TypeError);
    expect(() => signer.prefixQuery(url, soon)).toThrow(TypeError);
  });

  it('a URL that is signed already, and a prefix with a query', () => {
    expect(() => signer.signUrl(signer.signUrl('https://media.example.com/x', soon), soon)).toThrow(TypeError);
    expect(() => signer.prefixQuery('https://media.example.com/?a=b', soon)).toThrow(TypeError);
    expect(() => signer.cookie('https://media.example.com/?a=b', soon)).toThrow(TypeError);
  });
});
