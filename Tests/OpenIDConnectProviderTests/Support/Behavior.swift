import JOSE
import LoopbackServer
import StrictJSON

/// How the OpenID provider of a test behaves: correctly, except where a test says otherwise.
struct Behavior: Sendable {
    /// What is changed in its discovery document.
    var document: @Sendable (inout JSONObject, _ baseURL: String) -> Void = { _, _ in }
    /// Where its discovery document is, before `/.well-known`.
    var documentPath = ""
    /// What it answers in place of its discovery document.
    var documentAnswer: ServerResponse?
    /// The key that it signs with, and the key's name in a token.
    var key = TestKeys.ec
    var keyID: String? = "key-1"
    /// Its key set; nil for that key alone.
    var keySet: (@Sendable () throws -> String)?
    /// What it answers in place of a reference to a pushed request.
    var pushAnswer: ServerResponse?
    /// What is changed in the claims of an ID token.
    var claims: @Sendable (inout JSONObject) -> Void = { _ in }
    /// Replaces a signed ID token by another text.
    var idToken: @Sendable (String) throws -> String = { $0 }
    /// What is changed in the answer of its token endpoint.
    var tokens: @Sendable (inout JSONObject) -> Void = { _ in }
    /// What it answers in place of tokens.
    var tokenAnswer: ServerResponse?
    /// What is changed in the claims of its userinfo endpoint.
    var userInfo: @Sendable (inout JSONObject) -> Void = { _ in }
    /// What it answers in place of the claims.
    var userInfoAnswer: (@Sendable (JSONObject) throws -> ServerResponse)?
    /// What is changed in the parameters with which it sends the browser back.
    var callback: @Sendable (inout [String: String]) -> Void = { _ in }

    /// A token whose header is replaced, and signed anew with that header if there is a key.
    static func token(_ token: String, header: JSONObject, signature: [UInt8]? = nil) -> String {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        let end = signature.map { Base64URL.encode($0) } ?? String(parts[2])
        return "\(Base64URL.encode(header.jsonBytes)).\(parts[1]).\(end)"
    }

    /// A token whose header is replaced, signed with a key.
    static func token(_ token: String, header: JSONObject, signedWith key: SigningKey) throws -> String {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        let input = "\(Base64URL.encode(header.jsonBytes)).\(parts[1])"
        return "\(input).\(Base64URL.encode(try key.signature(for: Array(input.utf8))))"
    }
}
