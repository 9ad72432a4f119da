<?php

// smtp_password.php, with the secret in AWS_SECRET_ACCESS_KEY: prints an SES SMTP password.
//
// The mistake: it is one of version 2, whichever is asked for. Until 2021 that was the only one, and
// much code that is still around knows no other; the server takes it no longer. No region goes into
// it, so nobody misses one either.
//
// Right: version 4, which is chr(4) and the MAC of a ladder of keys that begins with "AWS4" and the
// secret and holds the region.

$secret = getenv('AWS_SECRET_ACCESS_KEY');
if ($secret === false || $secret === '') {
    fwrite(STDERR, "the secret is empty\n");
    exit(2);
}
echo base64_encode(chr(2) . hash_hmac('sha256', 'SendRawEmail', $secret, true)), "\n";
