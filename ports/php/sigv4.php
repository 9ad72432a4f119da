<?php

// Signature Version 4 of a request: its Authorization header, or a presigned URL.
//
// A string of PHP is bytes; but PHP compares strings that look like numbers as numbers, and makes
// integers of such array keys: sort by strcmp or SORT_STRING. The time is always an input.
// Sources: "Create a signed AWS API request" (AWS IAM User Guide), "Authenticating Requests"
// (Amazon S3 API Reference).

declare(strict_types=1);

namespace Sigv4;

const ALGORITHM = 'AWS4-HMAC-SHA256';
const DATE = 'x-amz-date';
const TOKEN = 'x-amz-security-token';
const HASH = 'x-amz-content-sha256';
const HTTP_TOKEN = '/^[!#$%&\'*+.^_`|~0-9A-Za-z-]+$/D'; // RFC 9110 section 5.6.2
const HEADER_VALUE = '/^(?:[^\x00-\x08\x0a-\x1f\x7f]++|\r?\n[ \t])*+$/D'; // folded, not broken
const CONTROL = '/[\x00-\x1f\x7f]/';
const OWN_NAMES = 'algorithm|credential|date|expires|security-token|signature|signedheaders';
const ESCAPED = '(?:[^%]++|%[0-9A-Fa-f]{2})*+';
const NOT_IN_URLS = '~[^A-Za-z0-9\-._\~%/!$&\'()*+,;=:@]~';
const FORMS = [ // D, since $ would also match before a newline at the end
    'timestamp' => '/^(?!0000)[0-9]{8}T([01][0-9]|2[0-3])([0-5][0-9]){2}Z$/D',
    'method' => HTTP_TOKEN,
    'path' => '~^(/' . ESCAPED . ')?$~D',
    'query' => '~^' . ESCAPED . '$~D',
    'host' => '/^[^,]+$/D', // there is one, and not two joined
    'credential' => '~^([^\x00-\x20\x7f/,]+/){4}aws4_request$~D', // no field is empty or ends early
];

class Refused extends \Exception
{
}

function check(bool $holds, string $reason): void
{
    if (!$holds) {
        throw new Refused($reason);
    }
}

function checkForms(array $given, array $forms): void
{
    foreach (array_intersect_key($forms, $given) as $name => $form) {
        check(preg_match($form, $given[$name]) === 1, "the $name is missing or malformed");
    }
}

function canonicalPath(array $request): string
{
    $segments = explode('/', $request['path']);
    if ($request['normalize']) {
        $segments = resolveDots($segments);
    }
    if ($request['uri_encode'] === 'single') { // by segment: an encoded slash separates nothing
        $segments = array_map('rawurldecode', $segments);
    }
    return implode('/', array_map('rawurlencode', $segments)); // urlencode makes a plus of a blank
}

function resolveDots(array $segments): array
{
    $kept = [];
    foreach ($segments as $segment) {
        if ($segment === '..') {
            array_pop($kept);
        } elseif ($segment !== '' && $segment !== '.') {
            $kept[] = $segment;
        }
    }
    return $kept && end($segments) !== '' ? ['', ...$kept] : ['', ...$kept, ''];
}

/** Not parse_str, which makes underscores of dots and arrays of brackets. */
function parseQuery(string $query): array
{
    $pairs = array_filter(explode('&', $query), fn ($pair) => $pair !== '');
    $split = fn ($pair) => explode('=', $pair, 2) + ['', ''];
    return array_map(fn ($pair) => array_map('rawurldecode', $split($pair)), $pairs);
}

/** Sorted once encoded, by name before value: the = of `a=1` does not count beside `a-=1`. */
function canonicalQuery(array $pairs): string
{
    $encoded = array_map(fn ($pair) => array_map('rawurlencode', $pair), $pairs);
    usort($encoded, fn ($a, $b) => strcmp($a[0], $b[0]) ?: strcmp($a[1], $b[1]));
    return implode('&', array_map(fn ($pair) => implode('=', $pair), $encoded));
}

/** Trimmed values by name; those of a repeated name in the order given, not sorted. */
function joinHeaders(array $pairs): array
{
    $joined = [];
    foreach ($pairs as [$name, $value]) {
        check(preg_match(HTTP_TOKEN, $name) === 1, "a header's name is no token");
        check(preg_match(HEADER_VALUE, $value) === 1, 'a header has a control character');
        $joined[strtolower($name)][] = trim(preg_replace('/[ \t\r\n]+/', ' ', $value), ' ');
    }
    return array_map(fn ($values) => implode(',', $values), $joined);
}

/** The input with its headers joined, those that the signer sets, and its credential. */
function checked(array $given): array
{
    $headers = joinHeaders($given['headers']);
    $date = substr($given['timestamp'], 0, 8);
    $scope = implode('/', [$date, $given['region'], $given['service'], 'aws4_request']);
    $payloadHash = $given['payload_hash'] ?? $headers[HASH] ?? hash('sha256', $given['body']);
    $token = isset($given['session_token']) ? [TOKEN => $given['session_token']] : [];
    $request = [
        ...$given,
        'path' => $given['path'] === '' ? '/' : $given['path'],
        'headers' => $headers,
        'host' => $headers['host'] ?? '',
        'own' => [DATE => $given['timestamp'], ...$token, HASH => $payloadHash],
        'scope' => $scope,
        'credential' => "{$given['access_key_id']}/$scope",
    ];
    checkForms($request, FORMS);
    [$year, $month, $day] = sscanf($date, '%4d%2d%2d');
    check(checkdate($month, $day, $year), 'the timestamp has no such day');
    check(!isset($headers['authorization']), 'there is an Authorization header already');
    foreach ($request['own'] as $name => $value) {
        check(preg_match(CONTROL, $value) === 0, "the $name has a control character");
        check(($headers[$name] ?? $value) === $value, "the header $name says something else");
    }
    return $request;
}

function signedHeaders(array $request, array $headers): array
{
    if (!$request['sign_session_token']) {
        unset($headers[TOKEN]);
    }
    ksort($headers, SORT_STRING);
    return $headers;
}

function signatureStages(array $request, string $key, array $headers, string $query): array
{
    $lines = array_map(fn ($name) => "$name:$headers[$name]\n", array_keys($headers));
    $canonical = implode("\n", [
        $request['method'], canonicalPath($request), $query, implode($lines),
        implode(';', array_keys($headers)), $request['own'][HASH],
    ]);
    $digest = hash('sha256', $canonical);
    $text = implode("\n", [ALGORITHM, $request['timestamp'], $request['scope'], $digest]);
    $mac = hash_hmac('sha256', $text, $key);
    return ['canonical_request' => $canonical, 'string_to_sign' => $text, 'signature' => $mac];
}

function sign(array $given, string $key): array
{
    $request = checked($given);
    $added = $request['own'];
    if (!$given['content_sha256_header']) {
        unset($added[HASH]);
    }
    $headers = signedHeaders($request, $request['headers'] + $added); // + keeps what the caller set
    $query = canonicalQuery(parseQuery($given['query']));
    $stages = signatureStages($request, $key, $headers, $query);
    $names = implode(';', array_keys($headers));
    $authorization = ALGORITHM . " Credential={$request['credential']}"
        . ", SignedHeaders=$names, Signature={$stages['signature']}";
    return [...$stages, 'authorization' => $authorization];
}

function presign(array $given, string $key): array
{
    $request = checked($given);
    $pairs = parseQuery($given['query']);
    $unsigned = [];
    $life = $given['expires_s'];
    check($life >= 1 && $life <= 604800, 'a URL lives from one second to a week');
    $twice = array_intersect_key($request['own'], $request['headers']);
    check(array_diff_key($twice, [HASH => '']) === [], 'a URL has its date and token in the query');
    $presigned = preg_grep('/^x-amz-(' . OWN_NAMES . ')$/Di', array_column($pairs, 0));
    check(!$presigned, 'it is presigned already');
    $headers = signedHeaders($request, $request['headers']);
    array_push(
        $pairs,
        ['X-Amz-Algorithm', ALGORITHM],
        ['X-Amz-Credential', $request['credential']],
        ['X-Amz-Date', $given['timestamp']],
        ['X-Amz-Expires', (string) $life],
        ['X-Amz-SignedHeaders', implode(';', array_keys($headers))],
    );
    if (isset($given['session_token'])) {
        $pair = ['X-Amz-Security-Token', $given['session_token']];
        $given['sign_session_token'] ? $pairs[] = $pair : $unsigned[] = $pair;
    }
    $query = canonicalQuery($pairs);
    $stages = signatureStages($request, $key, $headers, $query);
    $unsigned[] = ['X-Amz-Signature', $stages['signature']];
    $path = preg_replace_callback(NOT_IN_URLS, fn ($m) => rawurlencode($m[0]), $request['path']);
    $url = "https://{$request['host']}$path?$query&" . canonicalQuery($unsigned);
    return [...$stages, 'url' => $url];
}
