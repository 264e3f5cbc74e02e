/// Carries one HTTP request to an upstream and brings back the answer.
///
/// The pipeline is the only caller: a provider sends through ``ExchangeContext/send(_:)``, which guards the transport
/// and enforces what must always hold. An implementation keeps these promises:
///
/// - The request is written to the wire **at most once**. No retry, no redirect, no second connection after the first
///   byte may have left.
/// - ``TransportFailure/mayHaveLeft`` is a record of what happened, never inferred from an error code.
/// - Cancelling the calling task ends the transfer promptly; the call returns only when nothing more can leave.
/// - Limits of the policy are enforced while receiving. TLS is 1.2 or newer, and the peer is verified.
/// - Nothing ambient is used: no proxy from the environment, no netrc, no cookies.
public protocol UpstreamTransport: Sendable {
    /// Sends the request and returns the answer with its whole body.
    ///
    /// - Parameters:
    ///   - request: What to send.
    ///   - policy: The limits and the network rules of the provider instance.
    ///   - timeout: How long the whole transfer may take, including name resolution and connecting.
    /// - Throws: ``TransportFailure``, and nothing else.
    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse
}
