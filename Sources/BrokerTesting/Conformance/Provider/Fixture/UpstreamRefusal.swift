public import IdentityBroker
public import LoopbackServer

/// One way in which an upstream refuses, and its meaning.
public struct UpstreamRefusal: Sendable, CustomStringConvertible {
    /// What the upstream says, in a few words.
    public let description: String
    /// Its meaning.
    public let kind: BrokerError.Kind
    /// The code that the error must carry; nil for any, or none.
    public let code: String?
    /// Which of a login's requests is refused; the first is 1.
    public let request: Int

    let response: @Sendable (String) -> ServerResponse

    /// Creates a refusal.
    ///
    /// - Parameters:
    ///   - name: What the upstream says, in a few words.
    ///   - kind: Its meaning.
    ///   - code: The upstream's code that the error must carry; nil for any, or none.
    ///   - request: Which of a login's requests is refused; the first is 1. Those before it are answered correctly.
    ///   - response: The answer. If the upstream includes a message, it must be the given text, none of which may reach
    ///     an error. The text needs no escaping in JSON, HTML or a header field.
    public init(
        _ name: String,
        means kind: BrokerError.Kind,
        code: String? = nil,
        to request: Int = 1,
        response: @escaping @Sendable (_ message: String) -> ServerResponse
    ) {
        description = name
        self.kind = kind
        self.code = code
        self.request = request
        self.response = response
    }
}
