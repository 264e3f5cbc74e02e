/// Why a login, or a step of one, did not succeed.
///
/// Programs use ``kind``, a stable code from a short list; people read ``message``, which says what happened and what
/// to do. Neither contains a secret, a ticket, a token or a phone number.
public struct BrokerError: Error, Sendable, Hashable {
    /// The stable code.
    public let kind: Kind
    /// What happened and what to do, in a sentence or two of plain text.
    public let message: String
    /// The provider instance, if one was resolved.
    public private(set) var provider: ProviderID?
    /// The upstream's own code: a number of at most seven digits, kept as text, or a standard code of OAuth 2.0 or
    /// OpenID Connect such as `invalid_grant`.
    public let upstreamCode: String?
    /// How long to wait before trying again, if known.
    public let retryAfter: Duration?
    /// What happened to the credential. The pipeline sets it; errors thrown by a provider do not.
    public private(set) var credential: CredentialFate
    /// Whether the message is for operators: it describes an internal problem, which clients of a service do not see.
    package private(set) var isForOperators = false
    /// Whether this repeats the failure of an earlier attempt. The upstream was not contacted again, so it shows
    /// nothing new about it.
    private(set) var isRemembered = false

    /// Makes an error for a provider to throw. The pipeline adds the provider and the credential's fate.
    ///
    /// - Parameters:
    ///   - kind: The stable code.
    ///   - message: Your own plain text. Never an upstream's text, a credential or a secret.
    ///   - upstreamCode: The upstream's code; kept only if it is a number of at most seven digits or a standard code,
    ///     since any other text could carry anything.
    ///   - retryAfter: How long to wait before trying again.
    public init(_ kind: Kind, _ message: String, upstreamCode: String? = nil, retryAfter: Duration? = nil) {
        self.kind = kind
        self.message = message
        self.upstreamCode = upstreamCode.flatMap { Self.isPlainCode($0) ? $0 : nil }
        self.retryAfter = retryAfter
        credential = .unused
    }

    private static func isPlainCode(_ text: String) -> Bool {
        if StandardErrorCode.all.contains(text) { return true }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return (1...7).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension BrokerError {
    /// Something an operator must fix.
    package static func misconfigured(_ message: String) -> BrokerError {
        BrokerError(.misconfigured, message)
    }

    /// The same error with its instance.
    package func about(_ provider: ProviderID) -> BrokerError {
        var copy = self
        copy.provider = provider
        return copy
    }

    /// The same error with its instance, and what happened to the credential presented there.
    package func about(_ provider: ProviderID, credential: CredentialFate) -> BrokerError {
        var copy = about(provider)
        copy.credential = credential
        return copy
    }

    /// The same error as the answer to a login: with the instance and the credential's fate, and with its message
    /// redacted.
    func settled(provider: ProviderID?, credential: CredentialFate, redactor: Redactor) -> BrokerError {
        var copy = BrokerError(
            kind,
            redactor.redact(message),
            upstreamCode: upstreamCode.flatMap { redactor.finds(in: $0) ? nil : $0 },
            retryAfter: retryAfter
        )
        copy.provider = provider
        copy.credential = credential
        copy.isForOperators = isForOperators
        return copy
    }

    /// The same error, for a login that comes after the attempt that failed with it.
    func remembered() -> BrokerError {
        var copy = self
        copy.isRemembered = true
        return copy
    }

    /// The same error, with its message for operators only.
    func forOperators() -> BrokerError {
        var copy = self
        copy.isForOperators = true
        return copy
    }
}

extension BrokerError: CustomStringConvertible {
    /// The kind and the message.
    public var description: String { "\(kind.rawValue): \(message)" }
}
