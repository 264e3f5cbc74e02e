/// Why a login, or something on the way to one, did not succeed.
///
/// For a program there is ``kind``, a stable word out of a short list; for a person there is ``message``, which says what
/// happened and what to do. Neither holds a secret, a ticket, a token or a phone number.
public struct BrokerError: Error, Sendable, Hashable {
    /// The stable word.
    public let kind: Kind
    /// What happened and what to do, in a sentence or two of plain text.
    public let message: String
    /// The provider instance, where one was resolved.
    public private(set) var provider: ProviderID?
    /// The upstream's own code: a number of at most seven digits, kept as text, or a standard word of OAuth 2.0 or OpenID
    /// Connect such as `invalid_grant`.
    public let upstreamCode: String?
    /// How long to wait before trying again, where somebody said so.
    public let retryAfter: Duration?
    /// What became of the credential. The pipeline says so; what a provider threw says nothing of it.
    public private(set) var credential: CredentialFate
    /// Whether the message is for operators: it says what is wrong inside, which clients of a service do not hear.
    package private(set) var isForOperators = false
    /// Whether this is what an earlier attempt failed with. The upstream was not asked again, so it says nothing new of it.
    private(set) var isRemembered = false

    /// Makes an error, as a provider throws it. The pipeline adds the provider and the credential's fate.
    ///
    /// - Parameters:
    ///   - kind: The stable word.
    ///   - message: Plain text of your own. Never an upstream's text, a credential or a secret.
    ///   - upstreamCode: The upstream's code; kept only if it is a number of at most seven digits or a standard word, since
    ///     another text could carry anything.
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
    /// Something an operator has to put right.
    package static func misconfigured(_ message: String) -> BrokerError {
        BrokerError(.misconfigured, message)
    }

    /// The same error with the instance that it is about.
    package func about(_ provider: ProviderID) -> BrokerError {
        var copy = self
        copy.provider = provider
        return copy
    }

    /// The same error with the instance, and what became of the credential that was presented to it.
    package func about(_ provider: ProviderID, credential: CredentialFate) -> BrokerError {
        var copy = about(provider)
        copy.credential = credential
        return copy
    }

    /// The same error as the answer to a login: with the instance, the credential's fate, and what it says made safe.
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

    /// The same error, for somebody who comes after the attempt that failed with it.
    func remembered() -> BrokerError {
        var copy = self
        copy.isRemembered = true
        return copy
    }

    /// The same error, its message for operators alone.
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
