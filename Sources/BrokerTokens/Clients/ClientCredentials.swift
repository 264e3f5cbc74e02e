package import IdentityBroker

/// What a client says it is, and what it proves that with (RFC 6749 §2.3).
package struct ClientCredentials: Sendable {
    /// The client's id as received; nil if there was none.
    package let id: String?
    /// The secret as received; nil if there was none.
    package let secret: Secret?

    package init(id: String?, secret: Secret?) {
        self.id = id
        self.secret = secret
    }
}
