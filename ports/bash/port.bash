#!/usr/bin/env bash
# SES SMTP passwords and SigV4 signing keys with openssl and jq, as a port of sigvet.
#
# `openssl dgst` and `openssl mac` take an HMAC key from their arguments alone, and whoever is on the
# machine can read the arguments of a process. So HMAC is built here by its definition (RFC 2104)
# from plain SHA-256, and what is secret goes through pipes, written by printf, which is a builtin
# and no process. A here-string (<<<) would not do: bash may write it to a temporary file.
#
# A variable can't hold a NUL, and $(...) drops newlines at the end: all bytes are kept as hex.
set -euo pipefail
export LC_ALL=C

# read_hex NAME: sets the variable to the bytes of standard input.
read_hex() {
  local lines
  lines=$(xxd -p)
  printf -v "$1" '%s' "${lines//$'\n'/}"
}

# sha256 HEX: sets $digest.
sha256() { read -r digest _ < <(printf '%s' "$1" | xxd -r -p | openssl dgst -sha256 -r); }

# xor HEX BYTE: sets $xored to each byte of the first xor the second.
xor() {
  local i byte
  xored=
  for ((i = 0; i < ${#1}; i += 2)); do
    printf -v byte '%02x' $((16#${1:i:2} ^ $2))
    xored+=$byte
  done
}

# hmac_sha256 KEY MESSAGE: sets $mac; all three in hex.
hmac_sha256() {
  local key=$1
  if ((${#key} > 128)); then
    sha256 "$key"
    key=$digest
  fi
  printf -v key '%-128s' "$key" # filled up with blanks ...
  key=${key// /0}               # ... which become zeros
  xor "$key" 0x36
  sha256 "$xored$2"
  xor "$key" 0x5c
  sha256 "$xored$digest"
  mac=$digest
}

aws4=$(printf AWS4 | xxd -p)
ses_date=$(printf 11111111 | xxd -p)
ses_service=$(printf ses | xxd -p)
terminal=$(printf aws4_request | xxd -p)
ses_message=$(printf SendRawEmail | xxd -p)

# chain SECRET [NAME MESSAGE]...: the MAC of each message under the MAC before it. Sets $mac, the
# last one, and $stages, members of a JSON object.
chain() {
  mac=$aws4$1
  stages=
  shift
  while (($#)); do
    hmac_sha256 "$mac" "$2"
    stages+="\"$1\":\"$mac\","
    shift 2
  done
}

# answer MEMBER VALUE: the value is JSON.
answer() { printf '{"type":"answer","id":%s,"%s":%s}\n' "$id" "$1" "$2"; }

ses_smtp_password() {
  case $version in
    2)
      hmac_sha256 "$secret" "$ses_message"
      stages="\"mac\":\"$mac\","
      ;;
    4)
      [[ $region ]] || { answer refused '"the region is empty"' && return; }
      chain "$secret" date_key "$ses_date" region_key "$region" \
        service_key "$ses_service" terminal_key "$terminal" message_key "$ses_message"
      ;;
    *) answer unsupported "\"version $version\"" && return ;;
  esac
  # The version is a byte, not a digit.
  password=$(printf '0%s%s' "$version" "$mac" | xxd -r -p | base64)
  answer output "{$stages\"password\":\"$password\"}"
}

sigv4_signing_key() {
  # Eight ASCII digits are the bytes 30 to 39.
  [[ $date =~ ^(3[0-9]){8}$ ]] || { answer refused '"the date is not eight digits"' && return; }
  [[ $region && $service ]] || { answer refused '"the region or the service is empty"' && return; }
  chain "$secret" date_key "$date" region_key "$region" service_key "$service" \
    signing_key "$terminal"
  answer output "{${stages%,}}"
}

# shellcheck disable=SC2016 # $in is jq's own.
# An input that holds bytes is a string where they are UTF-8, else an object with their base64. @uri
# leaves what is known as it is, and of what is not known nothing that means something in JSON.
fields='
  def bytes: if type == "object" then .base64 else . // "" | @base64 end;
  .input as $in | [.type] + [.op, $in.version | . // "" | @uri]
  + [$in | .secret, .date, .region, .service | bytes] + [.id | tojson]
  | map(. // "" | tostring) | join("|")'

# One jq for the whole run. The fields are not parted by blanks or tabs: read takes several of those
# for one, and then an empty field is gone.
jq --unbuffered -r "$fields" |
  while IFS='|' read -r type op version secret date region service id; do
    if [[ $type == hello ]]; then
      printf '{"type":"ready","protocol":1,"ops":["ses-smtp-password","sigv4-signing-key"],'
      printf '"port":{"name":"bash","version":"%s","language":"bash","crypto":"%s"}}\n' \
        "$BASH_VERSION" "$(openssl version)"
      continue
    fi
    for name in secret date region service; do
      if [[ ${!name} ]]; then read_hex "$name" < <(printf '%s' "${!name}" | base64 -d); fi
    done
    if [[ $op != ses-smtp-password && $op != sigv4-signing-key ]]; then
      answer unsupported "\"operation $op\""
    elif [[ ! $secret ]]; then
      answer refused '"the secret is empty"'
    elif [[ $op == ses-smtp-password ]]; then
      ses_smtp_password
    else
      sigv4_signing_key
    fi
  done
