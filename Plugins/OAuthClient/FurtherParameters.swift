package import IdentityBroker
package import UpstreamAPI

/// The parameters of an authorization request that an operator adds, none of which may replace one of the broker's.
package enum FurtherParameters {
    /// The parameters that the broker sets at each login or that a setting sets, and those by which others would replace
    /// them (RFC 9101 §6.3) or that must not reach a browser.
    private static let ownNames: Set = [
        "redirect_uri", "state", "nonce", "code_challenge", "code_challenge_method", "response_mode", "acr_values",
        "prompt", "max_age", "request", "request_uri", "client_secret", "client_assertion", "client_assertion_type",
    ]

    /// Adds them in the order of their names.
    ///
    /// - Parameter allowed: The names of the broker's own that no other setting sets here.
    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    package static func add(
        _ parameters: [String: String],
        to fields: inout FormFields,
        allowing allowed: Set<String> = []
    ) throws(BrokerError) {
        let taken = fields.names.union(ownNames.subtracting(allowed))
        for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
            guard isPrintable(name), isPrintable(value), !name.contains(" ") else {
                throw BrokerError(
                    .misconfigured, "parameters contain printable ASCII, and their names no spaces.")
            }
            guard !taken.contains(name) else {
                throw BrokerError(
                    .misconfigured,
                    "The parameter \(name) is set by the broker or by another setting. Take it out of parameters.")
            }
            fields.add(name, value)
        }
    }

    /// Whether a text is printable ASCII, and not empty.
    package static func isPrintable(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    }
}
