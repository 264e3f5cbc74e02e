#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a client learns of a token (RFC 7662 §2.2).
public struct Introspection: Sendable, Hashable {
    /// Whether the token holds.
    public let isActive: Bool
    /// The answer as a JSON object. Of a token that does not hold it says that and nothing else.
    public let json: Data

    /// A token that does not hold, for whatever reason.
    static let inactive = Introspection(isActive: false, json: Data(#"{"active":false}"#.utf8))
}
