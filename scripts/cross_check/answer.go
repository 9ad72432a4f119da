// Answers cross-check's questions (protocol.py) with Go's own crypto/hmac, crypto/sha256 and
// encoding/base64.
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

type stage struct {
	name  string
	value []byte
}

func mac(key, message []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(message)
	return h.Sum(nil)
}

// chain gives the MACs of the messages, each under the MAC before it, by the names given.
func chain(key []byte, names string, messages ...[]byte) []stage {
	var stages []stage
	for i, name := range strings.Fields(names) {
		key = mac(key, messages[i])
		stages = append(stages, stage{name, key})
	}
	return stages
}

func encode(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b)) }

func aws4(secret []byte) []byte { return append([]byte("AWS4"), secret...) }

func password(version byte, stages []stage) []stage {
	last := stages[len(stages)-1].value
	return append(stages, stage{"password", encode(append([]byte{version}, last...))})
}

// answer gives the stages of an operation, or nil where its input must be refused.
func answer(operation string, in map[string][]byte) []stage {
	terminal, message := []byte("aws4_request"), []byte("SendRawEmail")
	switch operation {
	case "sha256":
		digest := sha256.Sum256(in["message"])
		return []stage{{"digest", digest[:]}}
	case "hmac-sha256":
		return []stage{{"mac", mac(in["key"], in["message"])}}
	case "base64-encode":
		return []stage{{"text", encode(in["bytes"])}}
	case "base64-decode":
		b, err := base64.StdEncoding.Strict().DecodeString(string(in["text"]))
		// Strict still skips line breaks.
		if err != nil || !bytes.Equal(encode(b), in["text"]) {
			return nil
		}
		return []stage{{"bytes", b}}
	case "ses-smtp-password-2":
		return password(2, chain(in["secret"], "mac", message))
	case "ses-smtp-password-4":
		return password(4, chain(aws4(in["secret"]),
			"date_key region_key service_key terminal_key message_key",
			[]byte("11111111"), in["region"], []byte("ses"), terminal, message))
	case "sigv4-signing-key":
		return chain(aws4(in["secret"]), "date_key region_key service_key signing_key",
			in["date"], in["region"], in["service"], terminal)
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
		if strings.HasPrefix(fields[0], "sigv4-") && fields[0] != "sigv4-signing-key" {
			fmt.Println("unsupported requests")
			continue
		}
		inputs := map[string][]byte{}
		for _, field := range fields[1:] {
			name, text, _ := strings.Cut(field, "=")
			b, err := hex.DecodeString(text)
			if err != nil {
				log.Fatal(err)
			}
			inputs[name] = b
		}
		stages := answer(fields[0], inputs)
		if stages == nil {
			fmt.Println("refused")
			continue
		}
		var texts []string
		for _, stage := range stages {
			texts = append(texts, stage.name+"="+hex.EncodeToString(stage.value))
		}
		fmt.Println(strings.Join(texts, "\t"))
	}
}
