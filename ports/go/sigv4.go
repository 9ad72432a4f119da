package main

// Signature Version 4 of a request: its Authorization header, or a presigned URL. The time is always
// an input. Sources: "Create a signed AWS API request" (AWS IAM User Guide), "Authenticating Requests"
// (Amazon S3 API Reference).

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"sort"
	"strings"
	"time"
)

const (
	algorithm   = "AWS4-HMAC-SHA256"
	dateHeader  = "x-amz-date"
	tokenHeader = "x-amz-security-token"
	hashHeader  = "x-amz-content-sha256"
	timeLayout  = "20060102T150405Z"
	escaped     = `([^%]|%[0-9A-Fa-f]{2})*`
)

var (
	httpToken   = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$") // RFC 9110 section 5.6.2
	headerValue = regexp.MustCompile(`^([^\x00-\x08\x0a-\x1f\x7f]|\r?\n[ \t])*$`)
	pathForm    = regexp.MustCompile(`^(/` + escaped + `)?$`)
	queryForm   = regexp.MustCompile(`^` + escaped + `$`)
	fields      = regexp.MustCompile(`^([^\x00-\x20\x7f/,]+/){4}aws4_request$`) // none ends early
	control     = regexp.MustCompile(`[\x00-\x1f\x7f]`)
	oneHost     = regexp.MustCompile(`^[^,]+$`) // not two joined
	notInURL    = regexp.MustCompile(`[^A-Za-z0-9\-._~%/!$&'()*+,;=:@]+`)
	ownName     = regexp.MustCompile(
		`(?i)^x-amz-(algorithm|credential|date|expires|security-token|signature|signedheaders)$`)
)

type requestInput struct {
	AccessKeyID                          text `json:"access_key_id"`
	Timestamp, Method, Path, Query, Body text
	Headers                              [][2]text
	SessionToken                         text `json:"session_token"`
	PayloadHash                          text `json:"payload_hash"`
	URIEncode                            text `json:"uri_encode"`
	Normalize                            bool
	SignSessionToken                     bool  `json:"sign_session_token"`
	ContentSHA256Header                  bool  `json:"content_sha256_header"`
	ExpiresS                             int64 `json:"expires_s"`
}

// request is an input that can be signed.
type request struct {
	input
	path, scope, credential, payloadHash string
	headers                              map[string]string // joined by name in lower case
	own                                  map[string]string // those that the signer sets
}

// check is what must hold of an input, and why it is refused where it does not.
type check struct {
	holds  bool
	reason string
}

// noOutput is a member of the answer, refused or unsupported, and its reason.
type noOutput struct{ member, reason string }

func (n noOutput) Error() string { return n.reason }

func refusal(checks ...check) error {
	for _, c := range checks {
		if !c.holds {
			return noOutput{"refused", c.reason}
		}
	}
	return nil
}

func newRequest(in input) (request, error) {
	r := request{input: in, headers: joinHeaders(in.Headers)}
	r.path = "/" + strings.TrimPrefix(string(in.Path), "/")
	r.scope = fmt.Sprintf("%.8s/%s/%s/aws4_request", in.Timestamp, in.Region, in.Service)
	r.credential = string(in.AccessKeyID) + "/" + r.scope
	r.payloadHash = fmt.Sprintf("%x", sha256.Sum256([]byte(in.Body)))
	if said, isSet := r.headers[hashHeader]; isSet {
		r.payloadHash = said
	}
	if in.PayloadHash != "" {
		r.payloadHash = string(in.PayloadHash)
	}
	r.own = map[string]string{dateHeader: string(in.Timestamp), hashHeader: r.payloadHash}
	if in.SessionToken != "" {
		r.own[tokenHeader] = string(in.SessionToken)
	}
	return r, refusal(checks(r)...)
}

// isTime is for Parse, which takes fractions of a second that the layout does not have.
func isTime(timestamp string) bool {
	when, err := time.Parse(timeLayout, timestamp)
	return err == nil && when.Format(timeLayout) == timestamp && when.Year() > 0
}

// checks is the table of what must hold of a request, whichever way it is signed.
func checks(r request) []check {
	_, isAuthorized := r.headers["authorization"]
	table := []check{
		{isTime(string(r.Timestamp)), "the timestamp is no time"},
		{httpToken.MatchString(string(r.Method)), "the method is no token"},
		{pathForm.MatchString(string(r.Path)), "the path is malformed"},
		{queryForm.MatchString(string(r.Query)), "the query has a bad percent escape"},
		{fields.MatchString(r.credential), "a field of the credential is empty or malformed"},
		{oneHost.MatchString(r.headers["host"]), "there is not one Host header"},
		{!isAuthorized, "there is an Authorization header already"},
	}
	for _, header := range r.Headers {
		table = append(table,
			check{httpToken.MatchString(string(header[0])), "a header's name is no token"},
			check{headerValue.MatchString(string(header[1])), "a header has a control character"})
	}
	for name, value := range r.own {
		said, isSet := r.headers[name]
		table = append(table, check{!control.MatchString(value), "the " + name + " has a control character"},
			check{!isSet || said == value, "the header " + name + " says something else"})
	}
	return table
}

func signedNames(r request, headers map[string]string) []string {
	var names []string
	for name := range headers {
		if name != tokenHeader || r.SignSessionToken {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

func signatureStages(r request, headers map[string]string, query string) stages {
	names, lines := signedNames(r, headers), ""
	for _, name := range names {
		lines += name + ":" + headers[name] + "\n"
	}
	canonical := strings.Join([]string{string(r.Method), canonicalPath(r), query, lines,
		strings.Join(names, ";"), r.payloadHash}, "\n")
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte(canonical)))
	toSign := strings.Join([]string{algorithm, string(r.Timestamp), r.scope, digest}, "\n")
	_, key := signingKeys(r.input, r.Timestamp[:8])
	return stages{"canonical_request": text(canonical), "string_to_sign": text(toSign),
		"signature": text(hex.EncodeToString(mac(key, text(toSign))))}
}

func sign(in input) (stages, error) {
	r, err := newRequest(in)
	if err != nil {
		return nil, err
	}
	headers := r.headers
	for name, value := range r.own {
		if name != hashHeader || in.ContentSHA256Header {
			headers[name] = value // what the caller set is the same
		}
	}
	out := signatureStages(r, headers, canonicalQuery(parseQuery(string(in.Query))))
	out["authorization"] = text(fmt.Sprintf("%s Credential=%s, SignedHeaders=%s, Signature=%s", algorithm,
		r.credential, strings.Join(signedNames(r, headers), ";"), out["signature"]))
	return out, nil
}

func presign(in input) (stages, error) {
	r, err := newRequest(in)
	if err != nil {
		return nil, err
	}
	pairs, unsigned := parseQuery(string(in.Query)), []pair{}
	lives := in.ExpiresS >= 1 && in.ExpiresS <= 604800
	table := []check{{lives, "a URL lives from one second to a week"}}
	for _, name := range []string{dateHeader, tokenHeader} {
		_, isSet := r.headers[name]
		isTwice := isSet && r.own[name] != ""
		table = append(table, check{!isTwice, "a URL has its date and token in the query"})
	}
	for _, p := range pairs {
		table = append(table, check{!ownName.MatchString(p.name), "it is presigned already"})
	}
	if err := refusal(table...); err != nil {
		return nil, err
	}
	pairs = append(pairs,
		pair{"X-Amz-Algorithm", algorithm},
		pair{"X-Amz-Credential", r.credential},
		pair{"X-Amz-Date", string(in.Timestamp)},
		pair{"X-Amz-Expires", fmt.Sprint(in.ExpiresS)},
		pair{"X-Amz-SignedHeaders", strings.Join(signedNames(r, r.headers), ";")})
	if token := (pair{"X-Amz-Security-Token", string(in.SessionToken)}); token.value != "" {
		if in.SignSessionToken {
			pairs = append(pairs, token)
		} else {
			unsigned = append(unsigned, token)
		}
	}
	query := canonicalQuery(pairs)
	out := signatureStages(r, r.headers, query)
	unsigned = append(unsigned, pair{"X-Amz-Signature", string(out["signature"])})
	location := r.headers["host"] + notInURL.ReplaceAllStringFunc(r.path, encode)
	out["url"] = text("https://" + location + "?" + query + "&" + canonicalQuery(unsigned))
	return out, nil
}
