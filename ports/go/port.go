// SES SMTP passwords and Signature Version 4 with Go's standard library, as a port of sigvet.
//
// A string of Go is bytes, and is sorted as such; but encoding/json and some functions of strings take
// it for UTF-8. Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a
// signed AWS API request" (AWS IAM User Guide), "Authenticating Requests" (Amazon S3 API Reference).
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/url"
	"os"
	"path"
	"regexp"
	"runtime"
	"sort"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	algorithm, terminal = "AWS4-HMAC-SHA256", "aws4_request"
	dateHeader          = "x-amz-date"
	tokenHeader         = "x-amz-security-token"
	hashHeader          = "x-amz-content-sha256"
	timeLayout          = "20060102T150405Z"
	weekS               = 604800
	escaped             = `([^%]|%[0-9A-Fa-f]{2})*`
)

var (
	httpToken   = regexp.MustCompile("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$") // RFC 9110 section 5.6.2
	headerValue = regexp.MustCompile(`^([^\x00-\x08\x0a-\x1f\x7f]|\r?\n[ \t])*$`)
	fields      = regexp.MustCompile(`^([^\x00-\x20\x7f/,]+/){4}aws4_request$`) // none ends early
	notInURL    = regexp.MustCompile(`[^A-Za-z0-9\-._~%/!$&'()*+,;=:@]+`)
	ownName     = regexp.MustCompile(
		`(?i)^x-amz-(algorithm|credential|date|expires|security-token|sign(ature|edheaders))$`)
	forms = map[string]*regexp.Regexp{
		"secret": regexp.MustCompile(`(?s).`), "region": regexp.MustCompile(`(?s).`),
		"service": regexp.MustCompile(`(?s).`), "date": regexp.MustCompile(`^[0-9]{8}$`),
		"method": httpToken, "path": regexp.MustCompile(`^(/` + escaped + `)?$`),
		"query":         regexp.MustCompile(`^` + escaped + `$`),
		"session_token": regexp.MustCompile(`^[^\x00-\x1f\x7f]*$`),
		"payload_hash":  regexp.MustCompile(`^[^\x00-\x20\x7f]*$`),
	}
)

// given is the input of a case. Its texts may be any bytes.
type given map[string]any

func (in given) text(name string) string {
	text, _ := in[name].(string)
	return text
}

type pair struct{ name, value string }

type stages map[string]string

// refusal is what an input that can't be right panics with; answer recovers it.
type refusal string

func check(holds bool, reason refusal) {
	if !holds {
		panic(reason)
	}
}

func mac(key []byte, message string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}

func sha256Hex(data string) string {
	sum := sha256.Sum256([]byte(data))
	return hex.EncodeToString(sum[:])
}

// macChain returns the MAC of each message in hex, and the last one raw; each is the key of the next.
func macChain(firstKey string, messages ...pair) (stages, []byte) {
	out, key := stages{}, []byte(firstKey)
	for _, message := range messages {
		key = mac(key, message.value)
		out[message.name] = hex.EncodeToString(key)
	}
	return out, key
}

func sesSMTPPassword(in given) stages {
	version := byte(in["version"].(float64))
	out, last := macChain(in.text("secret"), pair{"mac", "SendRawEmail"})
	if version == 4 { // the date is a constant of the scheme, not a day
		out, last = macChain("AWS4"+in.text("secret"), pair{"date_key", "11111111"},
			pair{"region_key", in.text("region")}, pair{"service_key", "ses"},
			pair{"terminal_key", terminal}, pair{"message_key", "SendRawEmail"})
	}
	// The version goes in front as a byte, not as a digit.
	out["password"] = base64.StdEncoding.EncodeToString(append([]byte{version}, last...))
	return out
}

func signingKeys(in given, date string) (stages, []byte) {
	return macChain("AWS4"+in.text("secret"), pair{"date_key", date},
		pair{"region_key", in.text("region")}, pair{"service_key", in.text("service")},
		pair{"signing_key", terminal})
}

func signingKey(in given) stages {
	out, _ := signingKeys(in, in.text("date"))
	return out
}

// encode leaves bare what RFC 3986 calls unreserved; url.PathEscape leaves more.
func encode(text string) string {
	return strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

// decode is not url.QueryUnescape, which makes a blank of a plus. Its text has good escapes.
func decode(text string) string {
	decoded, _ := url.PathUnescape(text)
	return decoded
}

func canonicalPath(in given) string {
	text := "/" + strings.TrimPrefix(in.text("path"), "/")
	if in["normalize"] == true {
		clean := path.Clean(text)
		if strings.HasSuffix(text, "/") && clean != "/" {
			clean += "/"
		}
		text = clean
	}
	segments := strings.Split(text, "/")
	for i, segment := range segments {
		if in.text("uri_encode") == "single" { // by segment: an encoded slash separates nothing
			segment = decode(segment)
		}
		segments[i] = encode(segment)
	}
	return strings.Join(segments, "/")
}

// parseQuery is not url.ParseQuery, which makes a blank of a plus and refuses semicolons.
func parseQuery(query string) []pair {
	var pairs []pair
	for _, parameter := range strings.Split(query, "&") {
		if parameter != "" {
			name, value, _ := strings.Cut(parameter, "=")
			pairs = append(pairs, pair{decode(name), decode(value)})
		}
	}
	return pairs
}

// canonicalQuery sorts what is encoded, by name before value: a NUL sorts before all that a name may have,
// while the = of a=1 would stand behind the - of a-=1.
func canonicalQuery(pairs []pair) string {
	var encoded []string
	for _, p := range pairs {
		encoded = append(encoded, encode(p.name)+"\x00"+encode(p.value))
	}
	sort.Strings(encoded)
	return strings.ReplaceAll(strings.Join(encoded, "&"), "\x00", "=")
}

// Not strings.TrimSpace and Fields, which know the blanks of Unicode as well.
func isBlank(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }

// joinHeaders returns trimmed values by name; those of a repeated name in the order given.
func joinHeaders(headers any) map[string]string {
	joined := map[string]string{}
	list, _ := headers.([]any)
	for _, header := range list {
		name, value := header.([]any)[0].(string), header.([]any)[1].(string)
		check(httpToken.MatchString(name), "a header's name is no token")
		check(headerValue.MatchString(value), "a header has a line break or a control character")
		name, value = strings.ToLower(name), strings.Join(strings.FieldsFunc(value, isBlank), " ")
		if before, ok := joined[name]; ok {
			value = before + "," + value
		}
		joined[name] = value
	}
	return joined
}

func scope(in given) string {
	return in.text("timestamp")[:8] + "/" + in.text("region") + "/" + in.text("service") + "/" + terminal
}

func credential(in given) string { return in.text("access_key_id") + "/" + scope(in) }

func has(headers map[string]string, name string) bool {
	_, ok := headers[name]
	return ok
}

func checkedHeaders(in given) map[string]string {
	// Parse takes fractions of a second that the layout does not have.
	when, err := time.Parse(timeLayout, in.text("timestamp"))
	isTime := err == nil && when.Format(timeLayout) == in.text("timestamp") && when.Year() > 0
	check(isTime, "the timestamp is no time")
	check(fields.MatchString(credential(in)), "a field of the credential is empty or malformed")
	headers := joinHeaders(in["headers"])
	check(headers["host"] != "" && !strings.Contains(headers["host"], ","), "there is not one Host header")
	check(!has(headers, "authorization"), "there is an Authorization header already")
	agrees := func(header, meant string) bool {
		return meant == "" || !has(headers, header) || headers[header] == meant
	}
	check(agrees(dateHeader, in.text("timestamp")), "the header X-Amz-Date is not the timestamp")
	check(agrees(tokenHeader, in.text("session_token")), "the token's header is not the session token")
	check(agrees(hashHeader, in.text("payload_hash")), "X-Amz-Content-Sha256 is not the payload hash")
	return headers
}

func payloadHash(in given, headers map[string]string) string {
	for _, hash := range []string{in.text("payload_hash"), headers[hashHeader]} {
		if hash != "" {
			return hash
		}
	}
	return sha256Hex(in.text("body"))
}

func signedNames(in given, headers map[string]string) []string {
	var names []string
	for name := range headers {
		if name != tokenHeader || in["sign_session_token"] == true {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

func signatureStages(in given, headers map[string]string, query string) stages {
	names, lines := signedNames(in, headers), ""
	for _, name := range names {
		lines += name + ":" + headers[name] + "\n"
	}
	request := strings.Join([]string{in.text("method"), canonicalPath(in), query, lines,
		strings.Join(names, ";"), payloadHash(in, headers)}, "\n")
	text := strings.Join([]string{algorithm, in.text("timestamp"), scope(in), sha256Hex(request)}, "\n")
	_, key := signingKeys(in, in.text("timestamp")[:8])
	return stages{"canonical_request": request, "string_to_sign": text,
		"signature": hex.EncodeToString(mac(key, text))}
}

func sign(in given) stages {
	headers := checkedHeaders(in)
	added := map[string]string{dateHeader: in.text("timestamp"), tokenHeader: in.text("session_token")}
	if in["content_sha256_header"] == true {
		added[hashHeader] = payloadHash(in, headers)
	}
	for name, value := range added {
		if !has(headers, name) && value != "" {
			headers[name] = value
		}
	}
	out := signatureStages(in, headers, canonicalQuery(parseQuery(in.text("query"))))
	out["authorization"] = fmt.Sprintf("%s Credential=%s, SignedHeaders=%s, Signature=%s", algorithm,
		credential(in), strings.Join(signedNames(in, headers), ";"), out["signature"])
	return out
}

func presign(in given) stages {
	headers, pairs, unsigned := checkedHeaders(in), parseQuery(in.text("query")), []pair{}
	life, token := in["expires_s"].(float64), in.text("session_token")
	check(life >= 1 && life <= weekS, "a URL lives from one second to a week")
	check(!has(headers, dateHeader), "a URL has its date in the query")
	check(token == "" || !has(headers, tokenHeader), "a URL has its token in the query")
	for _, p := range pairs {
		check(!ownName.MatchString(p.name), "it is presigned already")
	}
	pairs = append(pairs, pair{"X-Amz-Algorithm", algorithm}, pair{"X-Amz-Credential", credential(in)},
		pair{"X-Amz-Date", in.text("timestamp")}, pair{"X-Amz-Expires", fmt.Sprintf("%.0f", life)},
		pair{"X-Amz-SignedHeaders", strings.Join(signedNames(in, headers), ";")})
	if token != "" && in["sign_session_token"] == true {
		pairs = append(pairs, pair{"X-Amz-Security-Token", token})
	} else if token != "" {
		unsigned = append(unsigned, pair{"X-Amz-Security-Token", token})
	}
	query := canonicalQuery(pairs)
	out := signatureStages(in, headers, query)
	unsigned = append(unsigned, pair{"X-Amz-Signature", out["signature"]})
	location := notInURL.ReplaceAllStringFunc("/"+strings.TrimPrefix(in.text("path"), "/"), encode)
	out["url"] = "https://" + headers["host"] + location + "?" + query + "&" + canonicalQuery(unsigned)
	return out
}

var operations = map[string]func(given) stages{
	"ses-smtp-password": sesSMTPPassword, "sigv4-signing-key": signingKey,
	"sigv4-sign": sign, "sigv4-presign": presign,
}

func fromJSON(value any) any {
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = fromJSON(value[i])
		}
	case map[string]any:
		decoded, _ := base64.StdEncoding.DecodeString(value["base64"].(string))
		return string(decoded)
	}
	return value
}

// toJSON exists since encoding/json writes U+FFFD for what is no UTF-8.
func toJSON(text string) any {
	if utf8.ValidString(text) {
		return text
	}
	return map[string][]byte{"base64": []byte(text)}
}

func readInput(input map[string]any) given {
	in := given{"normalize": true, "sign_session_token": true}
	for name, value := range input {
		in[name] = fromJSON(value)
		form, ok := forms[name]
		check(!ok || form.MatchString(in.text(name)), refusal("the "+name+" is empty or malformed"))
	}
	return in
}

type message struct {
	Type, ID, Op string
	Input        map[string]any
}

func answer(asked message) (reply map[string]any) {
	defer func() {
		if thrown := recover(); thrown != nil {
			reply = map[string]any{"type": "answer", "id": asked.ID, "refused": thrown.(refusal)}
		}
	}()
	output := map[string]any{}
	for name, text := range operations[asked.Op](readInput(asked.Input)) {
		output[name] = toJSON(text)
	}
	return map[string]any{"type": "answer", "id": asked.ID, "output": output}
}

func ready() map[string]any {
	port := map[string]string{"name": "go", "version": strings.TrimPrefix(runtime.Version(), "go"),
		"language": "Go", "crypto": "crypto/hmac"}
	ops := []string{"ses-smtp-password", "sigv4-signing-key", "sigv4-sign", "sigv4-presign"}
	return map[string]any{"type": "ready", "protocol": 1, "port": port, "ops": ops, "max_in_flight": 32}
}

func main() {
	in, out := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout) // bufio.Scanner ends at 64 KiB
	for {
		var asked message
		if err := in.Decode(&asked); err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		reply := ready()
		if asked.Type == "case" {
			reply = answer(asked)
		}
		if err := out.Encode(reply); err != nil {
			log.Fatal(err)
		}
	}
}
