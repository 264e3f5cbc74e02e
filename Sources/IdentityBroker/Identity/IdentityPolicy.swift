public import StrictJSON

/// What an instance adds to the identities of its type: more attributes, and rules about who may sign in.
///
/// The pipeline applies it, whatever the type.
public struct IdentityPolicy: Sendable, Hashable {
    /// Where in the upstream's record to find further attributes, by their names. They take precedence over the type's
    /// own; one that the record lacks, or that is null, is left out.
    public var attributes: [String: JSONPointer]
    /// The rules that a person must meet to sign in: all of them.
    public var admit: [AccessRule]

    /// Makes a policy; by default, one that adds nothing and lets everyone in.
    public init(attributes: [String: JSONPointer] = [:], admit: [AccessRule] = []) {
        self.attributes = attributes
        self.admit = admit
    }

    var isEmpty: Bool { attributes.isEmpty && admit.isEmpty }

    /// Whether a text can name an attribute: in snake case, up to 63 characters.
    package static func isAttributeName(_ text: String) -> Bool {
        (1...63).contains(text.utf8.count) && (0x61...0x7A).contains(text.utf8.first ?? 0)
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    }
}

/// A condition that a person must meet to sign in.
public enum AccessRule: Sendable, Hashable {
    /// An attribute of the identity, by its name.
    case attribute(String, Requirement)
    /// A value in the upstream's record.
    case claim(JSONPointer, Requirement)
    /// The verified e-mail address is at one of these domains, written in lower case. A subdomain is another domain.
    case emailDomain([String])

    /// What a value must be. Values are compared byte by byte; numbers and booleans as they are written in JSON.
    public enum Requirement: Sendable, Hashable {
        /// A list with this element. A single value counts as a list of one.
        case contains(String)
        /// This value.
        case equals(String)
    }
}

extension AccessRule {
    /// What the rule examines, for messages.
    var subject: String {
        switch self {
        case .attribute(let name, _): "attribute \(name)"
        case .claim(let pointer, _): "claim \(pointer)"
        case .emailDomain: "emailDomain"
        }
    }

    /// Whether the rule lets a person in.
    ///
    /// - Parameters:
    ///   - email: The e-mail address, if the upstream gave one.
    ///   - attributes: The identity's attributes.
    ///   - record: The upstream's record.
    func admits(_ email: Contact<EmailAddress>?, _ attributes: JSONObject, _ record: JSONValue?) -> Bool {
        switch self {
        case .attribute(let name, let requirement):
            return attributes[name].map(requirement.isMet) ?? false
        case .claim(let pointer, let requirement):
            return record.flatMap(pointer.value).map(requirement.isMet) ?? false
        case .emailDomain(let domains):
            guard case .verified(let address)? = email else { return false }
            return domains.contains { $0.isIdentical(to: address.value.domain) }
        }
    }
}

extension AccessRule.Requirement {
    fileprivate func isMet(by value: JSONValue) -> Bool {
        switch self {
        case .equals(let text): Self.isSame(value, text)
        case .contains(let text): (value.array ?? [value]).contains { Self.isSame($0, text) }
        }
    }

    private static func isSame(_ value: JSONValue, _ text: String) -> Bool {
        switch value {
        case .string(let string): string.isIdentical(to: text)
        case .bool(let flag): text == (flag ? "true" : "false")
        case .number(let number): number.literal == text
        case .null, .array, .object: false
        }
    }
}
