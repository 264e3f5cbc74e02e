package import IdentityBroker

/// What error codes of an API mean for a login, in our own words.
package struct Refusal: Sendable {
    /// The codes.
    package let codes: [Int64]
    /// What they mean.
    package let kind: BrokerError.Kind
    /// What a person is told.
    package let message: String

    /// Creates a meaning.
    package init(_ codes: [Int64], _ kind: BrokerError.Kind, _ message: String) {
        self.codes = codes
        self.kind = kind
        self.message = message
    }
}
