package main

import (
	"encoding/json"
	"unicode/utf8"
)

// text is any bytes: in JSON a string, or {"base64": ...} where they are no UTF-8.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, (*string)(t))
	}
	var raw struct{ Base64 []byte }
	err := json.Unmarshal(data, &raw)
	*t = text(raw.Base64)
	return err
}

// MarshalJSON exists since encoding/json writes U+FFFD for what is no UTF-8.
func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return json.Marshal(string(t))
	}
	return json.Marshal(map[string][]byte{"base64": []byte(t)})
}
