/// An e-mail address or a phone number, and whether it is known to be the person's.
public enum Contact<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The upstream verified it.
    case verified(Verified<Value>)
    /// The upstream only passes it on; it says that the value is not verified, or says nothing.
    case asserted(Asserted<Value>, isKnownUnverified: Bool)

    /// The value, verified or not.
    public var value: Value {
        switch self {
        case .verified(let contact): contact.value
        case .asserted(let contact, _): contact.value
        }
    }

    /// What `email_verified` or `phone_number_verified` says: nil if the upstream says nothing.
    public var verification: Bool? {
        switch self {
        case .verified: true
        case .asserted(_, let isKnownUnverified): isKnownUnverified ? false : nil
        }
    }
}
