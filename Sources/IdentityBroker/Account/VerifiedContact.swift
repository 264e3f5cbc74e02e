/// An e-mail address or a phone number that an upstream verified, as of the latest login of one of the account's
/// identities.
///
/// It can be searched for, but decides nothing: several accounts may have the same one.
public struct VerifiedContact: Sendable, Hashable {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// An e-mail address, as ``EmailAddress`` spells it.
        case email
        /// A phone number in E.164 form.
        case phone
    }

    /// What it is.
    public let kind: Kind
    /// The address or the number.
    public let value: String
    /// The identity whose upstream verified it.
    public let identity: IdentityKey

    /// Makes a contact.
    public init(kind: Kind, value: String, identity: IdentityKey) {
        self.kind = kind
        self.value = value
        self.identity = identity
    }
}

extension VerifiedContact {
    /// Compares the values byte by byte.
    public static func == (left: VerifiedContact, right: VerifiedContact) -> Bool {
        left.kind == right.kind && left.value.utf8.elementsEqual(right.value.utf8) && left.identity == right.identity
    }
}

extension VerifiedContact: CustomReflectable {
    /// A mirror without children: it is personal data, and does not belong in a log.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension VerifiedContact {
    /// Those among an identity's claims, in the order of their kinds. What the upstream only asserts is none.
    static func contacts(of identity: IdentityKey, in claims: Claims) -> [VerifiedContact] {
        var contacts: [VerifiedContact] = []
        if case .verified(let email)? = claims.email {
            contacts.append(VerifiedContact(kind: .email, value: email.value.rawValue, identity: identity))
        }
        if case .verified(let phone)? = claims.phoneNumber {
            contacts.append(VerifiedContact(kind: .phone, value: phone.value.rawValue, identity: identity))
        }
        return contacts
    }
}
