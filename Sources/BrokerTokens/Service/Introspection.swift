public import Foundation

/// What a client learns about a token (RFC 7662 §2.2).
public struct Introspection: Sendable, Hashable {
    /// Whether the token is active.
    public let isActive: Bool
    /// The response as a JSON object. For an inactive token it contains only `active: false`.
    public let json: Data

    /// The response for an inactive token, whatever the reason.
    static let inactive = Introspection(isActive: false, json: Data(#"{"active":false}"#.utf8))
}
