// SES SMTP passwords and signing keys of Signature Version 4 with Go's standard library.
//
// A port of sigvet: it reads a case a line and answers with every stage. Requests are signed in
// sigv4.go. Sources: "Obtaining Amazon SES SMTP credentials" (Amazon SES Developer Guide), "Create a
// signed AWS API request" (AWS IAM User Guide).
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"io"
	"log"
	"os"
	"regexp"
	"runtime"
)

type input struct {
	Version                       byte
	Secret, Region, Service, Date text
	requestInput
}

type stage struct {
	name    string
	message text
}

type stages map[string]text

func mac(key []byte, message text) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(message))
	return h.Sum(nil)
}

// macChain returns the MAC of each message in hex, and the last one raw; each is the key of the next.
func macChain(firstKey text, chain ...stage) (stages, []byte) {
	out, key := stages{}, []byte(firstKey)
	for _, s := range chain {
		key = mac(key, s.message)
		out[s.name] = text(hex.EncodeToString(key))
	}
	return out, key
}

func sesSMTPPassword(in input) (stages, error) {
	out, last := macChain(in.Secret, stage{"mac", "SendRawEmail"})
	if in.Version == 4 {
		out, last = macChain("AWS4"+in.Secret,
			stage{"date_key", "11111111"}, // a constant of the scheme, not a day
			stage{"region_key", in.Region},
			stage{"service_key", "ses"},
			stage{"terminal_key", "aws4_request"},
			stage{"message_key", "SendRawEmail"})
	}
	// The version goes in front as a byte, not as a digit.
	out["password"] = text(base64.StdEncoding.EncodeToString(append([]byte{in.Version}, last...)))
	return out, refusal(check{in.Region != "" || in.Version == 2, "the region is empty"})
}

func signingKeys(in input, date text) (stages, []byte) {
	return macChain("AWS4"+in.Secret, stage{"date_key", date}, stage{"region_key", in.Region},
		stage{"service_key", in.Service}, stage{"signing_key", "aws4_request"})
}

var day = regexp.MustCompile(`^[0-9]{8}$`)

func signingKey(in input) (stages, error) {
	out, _ := signingKeys(in, in.Date)
	return out, refusal(check{day.MatchString(string(in.Date)), "the date is no eight digits"},
		check{in.Region != "" && in.Service != "", "the region or the service is empty"})
}

var operations = map[string]func(input) (stages, error){
	"ses-smtp-password": sesSMTPPassword, "sigv4-signing-key": signingKey,
	"sigv4-sign": sign, "sigv4-presign": presign,
}

type message struct {
	Type, ID, Op string
	Input        input
}

type object map[string]any

func reply(asked message) object {
	if asked.Type == "hello" {
		ops := []string{"ses-smtp-password", "sigv4-signing-key", "sigv4-sign", "sigv4-presign"}
		port := object{"name": "go", "version": runtime.Version(), "language": "Go", "crypto": "crypto/hmac"}
		return object{"type": "ready", "protocol": 1, "port": port, "ops": ops, "max_in_flight": 32}
	}
	if asked.Input.Secret == "" {
		return object{"type": "answer", "id": asked.ID, "refused": "the secret is empty"}
	}
	output, err := operations[asked.Op](asked.Input)
	if err != nil {
		return object{"type": "answer", "id": asked.ID, "refused": err.Error()}
	}
	return object{"type": "answer", "id": asked.ID, "output": output}
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
		if err := out.Encode(reply(asked)); err != nil {
			log.Fatal(err)
		}
	}
}
