public import IdentityBroker
public import LoopbackServer

/// One way in which an upstream refuses, and what it means.
public struct UpstreamRefusal: Sendable, CustomStringConvertible {
    /// What the upstream says, in a few words.
    public let description: String
    /// What it means.
    public let kind: BrokerError.Kind
    /// The code that the error has to carry; nil for any, or none.
    public let code: String?
    /// Which of a login's requests is refused; the first is 1.
    public let request: Int

    let response: @Sendable (String) -> ServerResponse

    /// Describes a refusal.
    ///
    /// - Parameters:
    ///   - name: What the upstream says, in a few words.
    ///   - kind: What it means.
    ///   - code: The upstream's code that the error has to carry; nil for any, or none.
    ///   - request: Which of a login's requests is refused; the first is 1. Those before it are answered correctly.
    ///   - response: The answer. Where the upstream puts a message into it there belongs the text that is handed in; none
    ///     of it may reach an error. The text needs no escaping in JSON, HTML or a header field.
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
