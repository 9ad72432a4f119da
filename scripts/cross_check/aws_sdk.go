// Answers cross-check's questions (protocol.py) with the signers of aws-sdk-go-v2.
package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/logging"
)

const streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"

// stagesLog takes the stages that the signer writes to its log.
type stagesLog struct{ canonicalRequest, stringToSign string }

func (l *stagesLog) Logf(_ logging.Classification, _ string, v ...interface{}) {
	l.canonicalRequest, l.stringToSign = v[0].(string), v[1].(string)
}

func hash(b []byte) string {
	digest := sha256.Sum256(b)
	return hex.EncodeToString(digest[:])
}

func checkPath(q question) error {
	if q.text("normalize") == "false" {
		return nil
	}
	path := strings.TrimSuffix(strings.TrimPrefix(q.text("path"), "/"), "/")
	for _, segment := range strings.Split(path, "/") {
		if path != "" && (segment == "" || segment == "." || segment == "..") {
			return unsupported("normalises no path")
		}
	}
	if strings.HasPrefix(q.text("path"), "//") {
		return unsupported("normalises no path")
	}
	return nil
}

// The request as the case has it: the signer signs the length of a body only where it is given.
func request(q question) (*http.Request, error) {
	r := &http.Request{Method: q.text("method"), Header: http.Header{}}
	for _, h := range q.headers["headers"] {
		if strings.ContainsAny(h.value, "\r\n") {
			return nil, unsupported("net/http sends no line breaks in headers")
		}
		switch http.CanonicalHeaderKey(h.name) {
		case "Host":
			r.Host = strings.Trim(h.value, " \t")
		case "Content-Length":
			r.ContentLength, _ = strconv.ParseInt(strings.TrimSpace(h.value), 10, 64)
		default:
			r.Header.Add(h.name, h.value)
		}
	}
	r.URL = &url.URL{Scheme: "https", Host: r.Host, Opaque: "//" + r.Host + q.text("path"),
		RawQuery: q.text("query")}
	return r, checkPath(q)
}

func payloadHash(q question, r *http.Request) string {
	if h, ok := q.values["payload_hash"]; ok {
		return string(h)
	}
	if h := r.Header.Get("X-Amz-Content-Sha256"); h != "" {
		return h
	}
	return hash(q.values["body"])
}

func credentials(q question) aws.Credentials {
	c := aws.Credentials{AccessKeyID: q.text("access_key_id"), SecretAccessKey: q.text("secret")}
	// An unsigned token is added by the caller, after signing.
	if q.text("sign_session_token") == "true" {
		c.SessionToken = q.text("session_token")
	}
	return c
}

func newSigner(q question, log *stagesLog) *v4.Signer {
	return v4.NewSigner(func(o *v4.SignerOptions) {
		o.DisableURIPathEscaping = q.text("uri_encode") == "single"
		o.DisableHeaderHoisting = true
		o.Logger, o.LogSigning = log, true
	})
}

func signWith(q question, r *http.Request, payload string) ([]stage, string, error) {
	log := &stagesLog{}
	err := newSigner(q, log).SignHTTP(context.Background(), credentials(q), r, payload,
		q.text("service"), q.text("region"), q.time)
	authorization := r.Header.Get("Authorization")
	signature := authorization[strings.LastIndex(authorization, "=")+1:]
	return []stage{{"canonical_request", log.canonicalRequest},
		{"string_to_sign", log.stringToSign}, {"authorization", authorization}}, signature, err
}

func sign(q question) ([]stage, error) {
	r, err := request(q)
	if err != nil {
		return nil, err
	}
	payload := payloadHash(q, r)
	if q.text("content_sha256_header") == "true" {
		r.Header.Set("X-Amz-Content-Sha256", payload)
	}
	stages, signature, err := signWith(q, r, payload)
	return append(stages, stage{"signature", signature}), err
}

func presign(q question) ([]stage, error) {
	r, err := request(q)
	if err != nil {
		return nil, err
	}
	r.URL.RawQuery = strings.TrimPrefix(q.text("query")+"&X-Amz-Expires="+q.text("expires_s"), "&")
	log := &stagesLog{}
	signed, _, err := newSigner(q, log).PresignHTTP(context.Background(), credentials(q), r,
		payloadHash(q, r), q.text("service"), q.text("region"), q.time)
	signature := signed[strings.LastIndex(signed, "=")+1:]
	stages := []stage{{"canonical_request", log.canonicalRequest},
		{"string_to_sign", log.stringToSign}, {"signature", signature}}
	if q.text("sign_session_token") == "true" { // else the token is missing in it
		stages = append(stages, stage{"url", signed})
	}
	return stages, err
}

// chunked signs the chunks as messages without headers: the string to sign is the same.
func chunked(q question) ([]stage, error) {
	if len(q.headers["trailers"]) > 0 {
		return nil, unsupported("signs no trailing headers")
	}
	r, err := request(q)
	if err != nil {
		return nil, err
	}
	r.Header.Set("X-Amz-Content-Sha256", streaming)
	stages, seed, err := signWith(q, r, streaming)
	if err != nil {
		return nil, err
	}
	prior, _ := hex.DecodeString(seed)
	signer := v4.NewStreamSigner(credentials(q), q.text("service"), q.text("region"), prior)
	size, _ := strconv.Atoi(q.text("chunk_bytes"))
	var signatures []string
	for body := q.values["body"]; ; {
		chunk := body[:min(size, len(body))]
		signature, err := signer.GetSignature(context.Background(), nil, chunk, q.time)
		if err != nil {
			return nil, err
		}
		signatures = append(signatures, hex.EncodeToString(signature))
		if len(chunk) == 0 {
			break
		}
		body = body[len(chunk):]
	}
	return append(stages, stage{"seed_signature", seed},
		stage{"chunk_signatures", strings.Join(signatures, "\n")}), nil
}

func event(q question) ([]stage, error) {
	prior, err := hex.DecodeString(q.text("prior_signature"))
	if err != nil {
		return nil, err
	}
	var headers eventstream.Headers
	headers.Set(":date", eventstream.TimestampValue(q.time))
	var encoded bytes.Buffer
	if err := eventstream.EncodeHeaders(&encoded, headers); err != nil {
		return nil, err
	}
	signer := v4.NewStreamSigner(credentials(q), q.text("service"), q.text("region"), prior)
	signature, err := signer.GetSignature(context.Background(), encoded.Bytes(),
		q.values["payload"], q.time)
	return []stage{{"signature", hex.EncodeToString(signature)}}, err
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

func main() {
	fmt.Println("aws-sdk-go-v2", aws.SDKVersion)
	serve(map[string]func(question) ([]stage, error){
		"sigv4-sign": sign, "sigv4-presign": presign, "sigv4-chunked": chunked, "sigv4-event": event,
	})
}
