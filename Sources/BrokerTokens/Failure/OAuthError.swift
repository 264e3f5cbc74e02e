public import IdentityBroker

/// Why a client's request failed, in the terms of OAuth 2.0 (RFC 6749 §5.2).
public struct OAuthError: Error, Sendable, Hashable {
    /// The stable code: `error`.
    public let code: Code
    /// What happened and what to do, for a developer: `error_description`, in the characters that RFC 6749 §5.2 allows.
    /// It contains no secret.
    public let message: String
    /// The broker's own kind, if the broker refused; it distinguishes causes that share a code.
    public let kind: BrokerError.Kind?
    /// How long to wait before trying again, if known: `Retry-After`.
    public let retryAfter: Duration?

    /// Creates an error.
    ///
    /// - Parameter message: Your own text. Characters that RFC 6749 §5.2 does not allow are replaced.
    public init(_ code: Code, _ message: String) {
        self.init(code, message, about: nil)
    }

    /// Creates an error for a reason of the broker's own.
    init(_ code: Code, _ message: String, about error: BrokerError?) {
        self.code = code
        self.message = Self.plain(message)
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
    /// The code and the message.
    public var description: String { "\(code.rawValue): \(message)" }
}
