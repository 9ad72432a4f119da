// Answers cross-check's questions with Go's own crypto/hmac, crypto/sha256 and encoding/base64.
package main

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"strings"
)

func mac(key, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
}

// chain gives the MACs of the messages, each under the MAC before it.
func chain(key []byte, messages ...[]byte) [][]byte {
	var keys [][]byte
	for _, message := range messages {
		key = mac(key, message)
		keys = append(keys, key)
	}
	return keys
}

func encode(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b)) }

func aws4(secret []byte) []byte { return append([]byte("AWS4"), secret...) }

// answer gives the stages of an operation, or nil where its input must be refused.
func answer(operation string, in [][]byte) [][]byte {
	switch operation {
	case "sha256":
		digest := sha256.Sum256(in[0])
		return [][]byte{digest[:]}
	case "hmac-sha256":
		return [][]byte{mac(in[0], in[1])}
	case "base64-encode":
		return [][]byte{encode(in[0])}
	case "base64-decode":
		b, err := base64.StdEncoding.Strict().DecodeString(string(in[0]))
		// Strict still skips line breaks.
		if err != nil || !bytes.Equal(encode(b), in[0]) {
			return nil
		}
		return [][]byte{b}
	case "ses-smtp-password-2":
		m := mac(in[0], []byte("SendRawEmail"))
		return [][]byte{m, encode(append([]byte{2}, m...))}
	case "ses-smtp-password-4":
		keys := chain(aws4(in[0]), []byte("11111111"), in[1], []byte("ses"),
			[]byte("aws4_request"), []byte("SendRawEmail"))
		return append(keys, encode(append([]byte{4}, keys[4]...)))
	case "sigv4-signing-key":
		return chain(aws4(in[0]), in[1], in[2], in[3], []byte("aws4_request"))
	}
	log.Fatalf("unknown operation %q", operation)
	return nil
}

func main() {
	fmt.Printf("Go %s\n", strings.TrimPrefix(runtime.Version(), "go"))
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadString('\n')
		if err == io.EOF {
			return
		} else if err != nil {
			log.Fatal(err)
		}
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		var inputs [][]byte
		for _, field := range fields[1:] {
			b, err := hex.DecodeString(field)
			if err != nil {
				log.Fatal(err)
			}
			inputs = append(inputs, b)
		}
		stages := answer(fields[0], inputs)
		if stages == nil {
			fmt.Println("refused")
			continue
		}
		var texts []string
		for _, stage := range stages {
			texts = append(texts, hex.EncodeToString(stage))
		}
		fmt.Println(strings.Join(texts, "\t"))
	}
}
