import Crypto
import HTTPTypes
import IdentityBroker

/// The cookies of the pages: what binds logins to a browser, and its session.
///
/// Over https, their names begin with `__Host-`, so that no other host and no plain connection can set them (RFC 6265bis
/// §4.1.3.2). On this machine over http, browsers share cookies between all ports: the names there, and those of a broker
/// below a path, contain a digest of the issuer.
struct BrowserCookieNames: Sendable, Hashable {
    let browser: String
    let session: String
    private let isSecure: Bool

    init(issuer: String) {
        let url = UpstreamURL(issuer)
        isSecure = url?.scheme != .http
        let isAlone = isSecure && (url?.path ?? "").isEmpty
        let digest = SHA256.hash(data: Array(issuer.utf8)).prefix(8).hexadecimal
        let (start, end) = (isSecure ? "__Host-" : "", isAlone ? "" : "-\(digest)")
        browser = "\(start)identity-broker-browser\(end)"
        session = "\(start)identity-broker-session\(end)"
    }

    /// The value of `Set-Cookie`. The cookie ends with the browser's own session; how long it is good is the store's to say.
    func field(_ name: String, _ value: Secret) -> String {
        "\(name)=\(value.reveal()); Path=/; HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")"
    }

    /// The value of `Set-Cookie` that takes the cookie away.
    func removal(of name: String) -> String { field(name, Secret("")) + "; Max-Age=0" }

    /// The value of a cookie that a browser brings; nil if it brings none, or different ones, of which one is a stranger's.
    func value(of name: String, in headers: HTTPFields) -> Secret? {
        var found: Secret?
        for pair in headers[values: .cookie].flatMap({ $0.split(separator: ";") }) {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].trimming(while: { $0 == " " }) == name else { continue }
            let value = Secret(String(parts[1].trimming(while: { $0 == " " })))
            guard found.map({ $0 == value }) ?? true else { return nil }
            found = value
        }
        return found
    }
}
