package main

// The parts of a canonical request. Sources as in sigv4.go.

import (
	"net/url"
	"path"
	"sort"
	"strings"
)

type pair struct{ name, value string }

// encode leaves bare what RFC 3986 calls unreserved; url.PathEscape leaves more.
func encode(data string) string {
	return strings.ReplaceAll(url.QueryEscape(data), "+", "%20")
}

// decode is not url.QueryUnescape, which makes a blank of a plus. What it gets has good escapes.
func decode(data string) string {
	decoded, _ := url.PathUnescape(data)
	return decoded
}

func canonicalPath(r request) string {
	whole := r.path
	if r.Normalize {
		whole = path.Clean(r.path)
		if strings.HasSuffix(r.path, "/") && whole != "/" {
			whole += "/"
		}
	}
	segments := strings.Split(whole, "/")
	for i, segment := range segments {
		if r.URIEncode == "single" { // by segment: an encoded slash separates nothing
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

// canonicalQuery sorts what is encoded, by name before value: a NUL sorts before all that a name may
// have, while the = of a=1 would stand behind the - of a-=1.
func canonicalQuery(pairs []pair) string {
	var encoded []string
	for _, p := range pairs {
		encoded = append(encoded, encode(p.name)+"\x00"+encode(p.value))
	}
	sort.Strings(encoded)
	return strings.ReplaceAll(strings.Join(encoded, "&"), "\x00", "=")
}

// joinHeaders returns trimmed values by name; those of a repeated name in the order given.
func joinHeaders(headers [][2]text) map[string]string {
	isBlank := func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) } // Fields knows others too
	joined := map[string]string{}
	for _, header := range headers {
		name := strings.ToLower(string(header[0]))
		value := strings.Join(strings.FieldsFunc(string(header[1]), isBlank), " ")
		if before, ok := joined[name]; ok {
			value = before + "," + value
		}
		joined[name] = value
	}
	return joined
}
