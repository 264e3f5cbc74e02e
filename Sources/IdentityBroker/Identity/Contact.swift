/// An e-mail address or a phone number, with what is known of its being the person's.
public enum Contact<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The upstream verified it.
    case verified(Verified<Value>)
    /// The upstream only passes it on, and says that it is not verified or does not say.
    case asserted(Asserted<Value>, isKnownUnverified: Bool)

    /// The value, whoever vouches for it.
    public var value: Value {
        switch self {
        case .verified(let contact): contact.value
        case .asserted(let contact, _): contact.value
        }
    }

    /// What `email_verified` or `phone_number_verified` says: nil where the upstream says nothing.
    public var verification: Bool? {
        switch self {
        case .verified: true
        case .asserted(_, let isKnownUnverified): isKnownUnverified ? false : nil
        }
    }
}
