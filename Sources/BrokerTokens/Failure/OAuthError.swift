public import IdentityBroker

/// Why a client did not get what it asked for, in the words of OAuth 2.0 (RFC 6749 §5.2).
public struct OAuthError: Error, Sendable, Hashable {
    /// The stable word: `error`.
    public let code: Code
    /// What happened and what to do, for a developer: `error_description`, in the characters that RFC 6749 §5.2 allows. No
    /// secret is in it.
    public let message: String
    /// What the broker says of it, where the broker refused; it tells causes apart that share a word.
    public let kind: BrokerError.Kind?
    /// How long to wait before trying again, where somebody said so: `Retry-After`.
    public let retryAfter: Duration?
    /// The HTTP status to answer with.
    public let status: Int

    /// Makes an error with the status that goes with its word.
    ///
    /// - Parameter message: Text of your own. What RFC 6749 §5.2 does not allow in it is replaced.
    public init(_ code: Code, _ message: String) {
        self.init(code, message, status: code.status, about: nil)
    }

    /// Makes an error with another status than its word's.
    package init(_ code: Code, _ message: String, status: Int, about error: BrokerError? = nil) {
        self.code = code
        self.message = Self.plain(message)
        self.status = status
        kind = error?.kind
        retryAfter = error?.retryAfter
    }

    /// `%x20-21 / %x23-5B / %x5D-7E`: printable ASCII less the quotation mark and the backslash.
    private static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.lazy.map { scalar -> Character in
                switch scalar {
                case "\"", "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}": "'"
                case "\\": "/"
                case " "..."~": Character(scalar)
                default: "?"
                }
            })
    }
}

extension OAuthError: CustomStringConvertible {
    /// The word and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
