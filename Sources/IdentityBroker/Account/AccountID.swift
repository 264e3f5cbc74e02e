#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The stable, opaque id of an account: what tokens name a person by.
///
/// It says nothing about the person or the upstream, and is never given twice.
public struct AccountID: Sendable, Hashable {
    /// The id.
    public let value: UUID

    /// Takes an id.
    public init(_ value: UUID) {
        self.value = value
    }

    /// Reads an id in the one form that ``description`` writes; nil for any other text.
    public init?(_ text: String) {
        guard let value = UUID(uuidString: text), value.uuidString.lowercased() == text else { return nil }
        self.value = value
    }
}

extension AccountID: CustomStringConvertible {
    /// The id as 36 characters in lower case (RFC 9562 §4).
    public var description: String { value.uuidString.lowercased() }
}
