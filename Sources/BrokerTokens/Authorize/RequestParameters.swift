import IdentityBroker

/// The parameters of a request through a browser, each at most once (RFC 6749 §3.1).
///
/// One that occurs twice is refused, whether or not it is known: two readers could see different values (CVE-2026-9689).
package struct RequestParameters: Sendable {
    private let values: [String: String]

    /// The longest text that is read, in bytes: what is kept of it is stored.
    private static let mostBytes = 16 * 1024

    /// Reads the query of a `GET`, or the form of a `POST`.
    ///
    /// A parameter without a value counts as omitted.
    ///
    /// - Throws: ``OAuthError`` `invalid_request`, without anything of the text in its message.
    package init(_ text: Substring) throws(OAuthError) {
        guard text.utf8.count <= Self.mostBytes else {
            throw OAuthError(.invalidRequest, "The request has more than 16 KiB of parameters.")
        }
        guard let parameters = FormParameters(text) else {
            throw OAuthError(.invalidRequest, "The parameters are not form-encoded UTF-8.")
        }
        do throws(FormParameters.Repeated) {
            values = try parameters.byName().filter { !$0.value.isEmpty }
        } catch {
            throw OAuthError(.invalidRequest, "A parameter is given more than once.")
        }
    }

    /// The parameter's value; nil if it was omitted.
    package subscript(name: String) -> String? { values[name] }

    /// The parameter's value as a list separated by spaces; empty if it was omitted.
    func words(_ name: String) -> [String] {
        values[name]?.split(separator: " ").map(String.init) ?? []
    }
}
