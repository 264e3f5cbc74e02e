import IdentityBroker

/// Why an ID token does not sign anyone in. Contains nothing of the token but differences between times.
struct IDTokenFault: Error, Sendable {
    enum Kind: Sendable {
        /// It is not what the provider issues for this client.
        case invalid
        /// It was, and its time is over.
        case expired
        /// The user signed in at the provider too long ago.
        case tooLongAgo
        /// It is from an organization that is not let in.
        case notAdmitted
    }

    let kind: Kind
    /// What is wrong, as the predicate of a sentence about the token.
    let predicate: String

    init(_ kind: Kind, _ predicate: String) {
        self.kind = kind
        self.predicate = predicate
    }

    static func invalid(_ predicate: String) -> IDTokenFault { IDTokenFault(.invalid, predicate) }

    /// The failure of a login. A token that came with a redirect is the provider's own answer, while one that an app
    /// presents may come from anywhere.
    func failure(isNative: Bool) -> BrokerError {
        let message = "The provider's ID token \(predicate)."
        return switch kind {
        case .invalid: BrokerError(isNative ? .invalidCredential : .upstreamMisbehaved, message)
        case .expired: BrokerError(isNative ? .credentialExpired : .upstreamMisbehaved, message)
        case .tooLongAgo: BrokerError(.interactionRequired, message)
        case .notAdmitted: BrokerError(.accessDenied, message)
        }
    }
}
