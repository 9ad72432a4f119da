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
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"runtime"
)

type input struct {
	Version                       int
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
	if in.Version != 2 && in.Version != 4 {
		return nil, noOutput{"unsupported", fmt.Sprint("version ", in.Version)}
	}
	if err := refusal(check{in.Region != "" || in.Version == 2, "the region is empty"}); err != nil {
		return nil, err
	}
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
	out["password"] = text(base64.StdEncoding.EncodeToString(append([]byte{byte(in.Version)}, last...)))
	return out, nil
}

func signingKeys(in input, date text) (stages, []byte) {
	return macChain("AWS4"+in.Secret, stage{"date_key", date}, stage{"region_key", in.Region},
		stage{"service_key", in.Service}, stage{"signing_key", "aws4_request"})
}

var day = regexp.MustCompile(`^[0-9]{8}$`)

func signingKey(in input) (stages, error) {
	err := refusal(check{day.MatchString(string(in.Date)), "the date is no eight digits"},
		check{in.Region != "" && in.Service != "", "the region or the service is empty"})
	if err != nil {
		return nil, err
	}
	out, _ := signingKeys(in, in.Date)
	return out, nil
}

var operations = map[string]func(input) (stages, error){
	"ses-smtp-password": sesSMTPPassword, "sigv4-signing-key": signingKey,
	"sigv4-sign": sign, "sigv4-presign": presign,
}

type message struct {
	Type, ID, Op string
	Input        json.RawMessage
}

func compute(asked message) (stages, error) {
	operation, isKnown := operations[asked.Op]
	if !isKnown {
		return nil, noOutput{"unsupported", "operation " + asked.Op}
	}
	var in input // decoded only now, since other operations have other inputs
	if err := json.Unmarshal(asked.Input, &in); err != nil {
		return nil, err
	}
	if err := refusal(check{in.Secret != "", "the secret is empty"}); err != nil {
		return nil, err
	}
	return operation(in)
}

type object map[string]any

func reply(asked message) object {
	if asked.Type == "hello" {
		ops := []string{"ses-smtp-password", "sigv4-signing-key", "sigv4-sign", "sigv4-presign"}
		port := object{"name": "go", "version": runtime.Version(), "language": "Go", "crypto": "crypto/hmac"}
		return object{"type": "ready", "protocol": 1, "port": port, "ops": ops, "max_in_flight": 32}
	}
	output, err := compute(asked)
	if none, ok := err.(noOutput); ok {
		return object{"type": "answer", "id": asked.ID, none.member: none.reason}
	} else if err != nil {
		return object{"type": "answer", "id": asked.ID, "error": err.Error()}
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
