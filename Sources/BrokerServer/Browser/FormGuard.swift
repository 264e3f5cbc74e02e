import BrokerTokens
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import IdentityBroker

/// Refuses forms that no page of ours has shown to this very browser, for this very login.
///
/// A form carries a token that only this browser's cookies can make, so it needs no store; another login, another session
/// and another form have others.
struct FormGuard: Sendable {
    /// The name of the field.
    static let field = "token"

    private let key: SymmetricKey?

    init(_ visit: Visit) {
        let parts = [visit.browser, visit.session].map { $0?.reveal() ?? "" }
        key =
            parts.joined().isEmpty
            ? nil : SymmetricKey(data: SHA256.hash(data: Array(parts.joined(separator: " ").utf8)))
    }

    /// The token of a form; nil in a browser without cookies.
    ///
    /// - Parameters:
    ///   - form: What the form does.
    ///   - subject: What it does it to, such as a login.
    func token(_ form: String, _ subject: String) -> Secret? {
        key.map { key in
            let code = HMAC<SHA256>.authenticationCode(for: Array("\(form) \(subject)".utf8), using: key)
            return Secret(Data(code).base64EncodedString())
        }
    }

    /// Whether a form may be carried out: it comes from a page of ours, as far as the browser says, and has its token.
    func accepts(_ visit: Visit, _ token: String?, _ form: String, _ subject: String) -> Bool {
        guard visit.comesFromOwnPage, let token, let expected = self.token(form, subject) else { return false }
        return Secret(token) == expected
    }
}

extension Visit {
    /// Whether the browser says nothing to the contrary. An `Origin: null` is not ours: our pages let browsers send it.
    var comesFromOwnPage: Bool {
        let origins = request.headers[values: .origin]
        guard origins.isEmpty || origins == [front.site.origin] else { return false }
        let sites = request.headers[values: .secFetchSite]
        return sites.allSatisfy { $0 != "cross-site" && $0 != "same-site" }
    }
}
