// Answers cross-check's questions (protocol.py) with the signers of minio-go.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"go/build"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/minio/minio-go/v7/pkg/signer"
)

const chunkBytes = "65536" // the only size that the signer knows

var (
	libraryVersion = regexp.MustCompile(`libraryVersion\s*=\s*"v?([^"]+)"`)
	chunkSignature = regexp.MustCompile(
		`(?:;chunk-signature=|x-amz-trailer-signature:)([0-9a-f]{64})\r\n`)
)

// version is what the library's source says: it does not export it.
func version() string {
	pkg, err := build.Import("github.com/minio/minio-go/v7", "", build.FindOnly)
	if err == nil {
		source, _ := os.ReadFile(filepath.Join(pkg.Dir, "api.go"))
		if found := libraryVersion.FindSubmatch(source); found != nil {
			return string(found[1])
		}
	}
	return "of an unknown version"
}

func checkS3(q question) error {
	if q.text("service") != "s3" {
		return unsupported("signs for S3 alone")
	}
	return nil
}

// chunked leaves to the library the headers that it sets by itself.
func chunked(q question) ([]stage, error) {
	if err := checkS3(q); err != nil {
		return nil, err
	}
	if q.text("chunk_bytes") != chunkBytes || len(q.headers["trailers"]) > 1 {
		return nil, unsupported("chunks of 65536 bytes and one trailing header at most")
	}
	if q.text("uri_encode") != "single" {
		return nil, unsupported("encodes a path once")
	}
	path, err := url.PathUnescape(q.text("path"))
	if err != nil {
		return nil, err
	}
	body := q.values["body"]
	r := &http.Request{Method: q.text("method"), Header: http.Header{},
		URL:  &url.URL{Scheme: "https", Path: path, RawQuery: q.text("query")},
		Body: io.NopCloser(bytes.NewReader(body))}
	for _, h := range q.headers["headers"] {
		switch http.CanonicalHeaderKey(h.name) {
		case "Host":
			r.Host = h.value
			r.URL.Host = h.value
		case "X-Amz-Trailer":
			// Set by the library.
		default:
			r.Header.Add(h.name, h.value)
		}
	}
	for _, h := range q.headers["trailers"] {
		r.Trailer = http.Header{http.CanonicalHeaderKey(h.name): {h.value}}
	}
	token := ""
	if q.text("sign_session_token") == "true" {
		token = q.text("session_token")
	}
	signed := signer.StreamingSignV4(r, q.text("access_key_id"), q.text("secret"), token,
		q.text("region"), int64(len(body)), q.time)
	sent, err := io.ReadAll(signed.Body)
	if err != nil {
		return nil, err
	}
	var signatures []string
	for _, found := range chunkSignature.FindAllSubmatch(sent, -1) {
		signatures = append(signatures, string(found[1]))
	}
	authorization := signed.Header.Get("Authorization")
	return []stage{{"authorization", authorization},
		{"seed_signature", authorization[strings.LastIndex(authorization, "=")+1:]},
		{"chunk_signatures", strings.Join(signatures, "\n")}}, nil
}

func policy(q question) ([]stage, error) {
	if err := checkS3(q); err != nil {
		return nil, err
	}
	text := base64.StdEncoding.EncodeToString(q.values["policy"])
	return []stage{
		{"credential", signer.GetCredential(q.text("access_key_id"), q.text("region"), q.time, "s3")},
		{"signature", signer.PostPresignSignatureV4(text, q.time, q.text("secret"), q.text("region"))},
	}, nil
}

func main() {
	fmt.Println("minio-go", version())
	serve(map[string]func(question) ([]stage, error){
		"sigv4-chunked": chunked, "sigv4-post-policy": policy,
	})
}
