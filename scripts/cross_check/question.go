// The line protocol of protocol.py, for the programs in Go.
package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"log"
	"os"
	"strings"
	"time"
)

type header struct{ name, value string }

type question struct {
	values  map[string][]byte
	headers map[string][]header
	time    time.Time
}

func (q question) text(name string) string { return string(q.values[name]) }

type stage struct{ name, value string }

// unsupported says why a library can't be asked a question.
type unsupported string

func (u unsupported) Error() string { return string(u) }

func unhex(text string) []byte {
	b, err := hex.DecodeString(text)
	if err != nil {
		log.Fatal(err)
	}
	return b
}

func parse(fields []string) question {
	q := question{values: map[string][]byte{}, headers: map[string][]header{}}
	for _, field := range fields {
		name, text, _ := strings.Cut(field, "=")
		if name != "headers" && name != "trailers" {
			q.values[name] = unhex(text)
			continue
		}
		for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
			key, value, _ := strings.Cut(pair, ":")
			q.headers[name] = append(q.headers[name],
				header{string(unhex(key)), string(unhex(value))})
		}
	}
	q.time, _ = time.Parse("20060102T150405Z", q.text("timestamp"))
	return q
}

// serve answers each question on stdin. An error other than unsupported ends the program.
func serve(answers map[string]func(question) ([]stage, error)) {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	for in.Scan() {
		fields := strings.Split(in.Text(), "\t")
		answer, ok := answers[fields[0]]
		if !ok {
			fmt.Println("unsupported not in this library")
			continue
		}
		stages, err := answer(parse(fields[1:]))
		if _, ok := err.(unsupported); ok {
			fmt.Println("unsupported", err)
			continue
		} else if err != nil {
			log.Fatal(err)
		}
		var texts []string
		for _, s := range stages {
			texts = append(texts, s.name+"="+hex.EncodeToString([]byte(s.value)))
		}
		fmt.Println(strings.Join(texts, "\t"))
	}
	if err := in.Err(); err != nil {
		log.Fatal(err)
	}
}
