#!/bin/sh
# smtp_password.sh VERSION [REGION], with the secret on standard input: prints an SES SMTP password,
# and a wrong one.
#
# The mistake: a newline behind the secret. `echo "$SECRET" | ...` adds one, and so does an editor at
# the end of a file; then it is part of the key. That there is no secret at all goes unnoticed too: a
# lone newline is not empty.
#
# Right: chomp, strip() or printf '%s'; and none of them on a digest, which may end in a newline.
set -eu

{
  cat
  echo
} | perl -MDigest::SHA=hmac_sha256 -MMIME::Base64 -e '
  my ($version, $region) = @ARGV;
  my $secret = do { local $/; <STDIN> };
  if ($secret eq "" || $version == 4 && $region eq "") {
    print STDERR "the secret or the region is empty\n";
    exit 2;
  }
  my $key = $version == 4 ? "AWS4$secret" : $secret;
  my @messages = $version == 4 ? ("11111111", $region, "ses", "aws4_request") : ();
  $key = hmac_sha256($_, $key) for @messages, "SendRawEmail";
  print encode_base64(chr($version) . $key);
' "$1" "${2-}"
