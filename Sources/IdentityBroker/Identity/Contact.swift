public import StrictJSON

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

extension Contact {
    /// A contact by what the upstream's record says of its verification, such as the member `email_verified`.
    ///
    /// - Parameter flag: Verifies only as a literal `true`, since accounts are linked by it; anything but a boolean counts
    ///   as nothing said (OpenID Connect Core §5.1; GHSA-9r87-mvcw-x35f).
    public init(_ value: Value, verified flag: JSONValue?) {
        self =
            switch flag?.bool {
            case true?: .verified(Verified(value))
            case false?: .asserted(Asserted(value), isKnownUnverified: true)
            case nil: .asserted(Asserted(value), isKnownUnverified: false)
            }
    }
}

/// A value that the upstream says it verified, and whose verification its provider trusts.
///
/// Linking accounts requires nothing less (CVE-2026-9092: an account bound by an unverified e-mail address).
public struct Verified<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value

    /// Wraps a value that the upstream verified.
    public init(_ value: Value) {
        self.value = value
    }
}

/// An unverified value that the upstream passes on. For display, never for decisions.
public struct Asserted<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public let value: Value

    /// Wraps a value.
    public init(_ value: Value) {
        self.value = value
    }
}

/// A complete phone number in E.164 form: `+`, a country code that does not begin with 0, at most 15 digits in total.
public struct PhoneNumber: Sendable, Hashable {
    /// The number, such as `+8617670416754`.
    public let rawValue: String

    /// Parses a number. Returns nil for anything incomplete, such as a masked number.
    public init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard text.hasPrefix("+"), (7...15).contains(digits.count), digits.first != 0x30,
            digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        rawValue = text
    }
}

extension PhoneNumber: CustomReflectable {
    /// A mirror without children: a complete phone number is personal data and does not belong in a log.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
