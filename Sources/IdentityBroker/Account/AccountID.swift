public import Foundation

/// The stable, opaque id of an account, by which tokens name a person.
///
/// It reveals nothing about the person or the upstream, and is never reused.
public struct AccountID: Sendable, Hashable {
    /// The id.
    public let value: UUID

    /// Wraps an id.
    public init(_ value: UUID) {
        self.value = value
    }

    /// Parses an id in the form that ``description`` writes; nil for any other text.
    public init?(_ text: String) {
        guard let value = UUID(uuidString: text), value.uuidString.lowercased() == text else { return nil }
        self.value = value
    }
}

extension AccountID: CustomStringConvertible {
    /// The id as 36 lower-case characters (RFC 9562 §4).
    public var description: String { value.uuidString.lowercased() }
}
