//! SES SMTP passwords and SigV4 signing keys with the RustCrypto crates, as a port of sigvet.

use std::error::Error;
use std::io::{self, BufRead, Write};

use base64::{engine::general_purpose::STANDARD, Engine};
use hmac::{Hmac, Mac};
use serde_json::{json, Map, Value};
use sha2::Sha256;

type Stages = Map<String, Value>;

/// The member of the answer that says why there is no output, and its reason.
type Problem = (&'static str, String);

fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

/// The MAC of each message under the MAC before it, by name, and the last of them.
fn chain(secret: &[u8], steps: &[(&str, &[u8])]) -> (Stages, Vec<u8>) {
    let mut stages = Stages::new();
    let mut key = [b"AWS4", secret].concat();
    for (name, message) in steps {
        key = hmac_sha256(&key, message);
        stages.insert(name.to_string(), hex(&key).into());
    }
    (stages, key)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn password(version: u8, mac: &[u8]) -> Value {
    STANDARD.encode([&[version], mac].concat()).into()
}

/// An input that holds bytes: a string where they are UTF-8, else an object with their base64.
fn bytes(input: &Value, name: &str) -> Result<Vec<u8>, Problem> {
    let decoded = match &input[name] {
        Value::String(text) => Some(text.clone().into_bytes()),
        other => other["base64"]
            .as_str()
            .and_then(|text| STANDARD.decode(text).ok()),
    };
    decoded.ok_or_else(|| ("error", format!("no bytes in {name}")))
}

/// The same, where no bytes at all are refused.
fn some_bytes(input: &Value, name: &str) -> Result<Vec<u8>, Problem> {
    match bytes(input, name)? {
        bytes if bytes.is_empty() => Err(("refused", format!("the {name} is empty"))),
        bytes => Ok(bytes),
    }
}

fn ses_smtp_password(input: &Value) -> Result<Stages, Problem> {
    let secret = some_bytes(input, "secret")?;
    match input["version"].as_u64() {
        Some(2) => {
            let mac = hmac_sha256(&secret, b"SendRawEmail");
            let mut stages = Stages::from_iter([("mac".into(), hex(&mac).into())]);
            stages.insert("password".into(), password(2, &mac));
            Ok(stages)
        }
        Some(4) => {
            let steps: [(&str, &[u8]); 5] = [
                ("date_key", b"11111111"),
                ("region_key", &some_bytes(input, "region")?),
                ("service_key", b"ses"),
                ("terminal_key", b"aws4_request"),
                ("message_key", b"SendRawEmail"),
            ];
            let (mut stages, mac) = chain(&secret, &steps);
            stages.insert("password".into(), password(4, &mac));
            Ok(stages)
        }
        _ => Err(("unsupported", "this version".into())),
    }
}

fn sigv4_signing_key(input: &Value) -> Result<Stages, Problem> {
    let date = bytes(input, "date")?;
    if date.len() != 8 || !date.iter().all(u8::is_ascii_digit) {
        return Err(("refused", "the date is not eight digits".into()));
    }
    let steps: [(&str, &[u8]); 4] = [
        ("date_key", &date),
        ("region_key", &some_bytes(input, "region")?),
        ("service_key", &some_bytes(input, "service")?),
        ("signing_key", b"aws4_request"),
    ];
    Ok(chain(&some_bytes(input, "secret")?, &steps).0)
}

fn answer(case: &Value) -> Value {
    let result = match case["op"].as_str() {
        Some("ses-smtp-password") => ses_smtp_password(&case["input"]),
        Some("sigv4-signing-key") => sigv4_signing_key(&case["input"]),
        _ => Err(("unsupported", "this operation".into())),
    };
    let (member, value) = match result {
        Ok(stages) => ("output", Value::from(stages)),
        Err((member, reason)) => (member, reason.into()),
    };
    json!({"type": "answer", "id": case["id"], member: value})
}

fn ready() -> Value {
    json!({
        "type": "ready",
        "protocol": 1,
        "port": {
            "name": "rust",
            "version": env!("CARGO_PKG_VERSION"),
            "language": "Rust",
            "crypto": "RustCrypto",
        },
        "ops": ["ses-smtp-password", "sigv4-signing-key"],
        "max_in_flight": 32,
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut output = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let message: Value = serde_json::from_str(&line?)?;
        match message["type"].as_str() {
            Some("hello") if message["protocol"] == 1 => writeln!(output, "{}", ready())?,
            Some("case") => writeln!(output, "{}", answer(&message))?,
            _ => return Err("neither a hello of protocol 1 nor a case".into()),
        }
        output.flush()?;
    }
    Ok(())
}
