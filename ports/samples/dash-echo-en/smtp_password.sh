#!/bin/sh
# smtp_password.sh, with the secret in AWS_SECRET_ACCESS_KEY: prints an SES SMTP password of version 2,
# and a wrong one.
#
# The mistake: a script for bash that sh runs, which is dash on Debian and its kin. dash's echo knows
# no -e and no \x: in place of one byte it prints `-en \x02` and a newline. The password gets 56
# letters and begins with LWVuI.
#
# Right: printf '\002', which is the same in every shell.
#
# Such scripts also give the secret to `openssl dgst -hmac`, where everybody on the machine can read
# it among the arguments. This one does not.
set -eu

if [ -z "${AWS_SECRET_ACCESS_KEY-}" ]; then
  echo 'the secret is empty' >&2
  exit 2
fi
{
  # shellcheck disable=SC3037 # That is the mistake.
  echo -en '\x02'
  perl -MDigest::SHA=hmac_sha256 -e 'print hmac_sha256("SendRawEmail", $ENV{AWS_SECRET_ACCESS_KEY})'
} | openssl enc -base64
