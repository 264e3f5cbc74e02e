/// The type of a signed token, as its `typ` says (RFC 7515 §4.1.9). Each kind has its own, and is refused in place of
/// any other (CVE-2023-48309: a token created for one step of a login was accepted as a session).
enum TokenType: String {
    case accessToken = "at+jwt"
    case idToken = "JWT"

    /// Whether a header's `typ` names this type: in any case, with or without `application/` (RFC 9068 §4).
    func isNamed(by text: String) -> Bool {
        let text = text.lowercased()
        let prefix = "application/"
        return (text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...]) == rawValue.lowercased()
    }
}
