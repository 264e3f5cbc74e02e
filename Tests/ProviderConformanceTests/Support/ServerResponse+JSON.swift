import LoopbackServer

extension ServerResponse {
    /// A JSON response.
    static func json(_ text: String, status: Int = 200) -> ServerResponse {
        ServerResponse(
            status: status, headers: [HeaderField("Content-Type", "application/json")], body: Array(text.utf8))
    }
}

/// The text in JSON, with its quotes.
func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
        scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            ? "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16) : String(scalar)
    }
    return "\"\(escaped.joined())\""
}
