import IdentityBroker

/// A transport that stops at the sign's step.
struct SteppedTransport: UpstreamTransport {
    let transport: any UpstreamTransport
    let sign: StopSign

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        await sign.pass(.beforeSend)
        let response = try await transport.send(request, under: policy, within: timeout)
        await sign.pass(.afterAnswer)
        return response
    }
}
