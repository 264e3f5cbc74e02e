import HTTPTypes

/// Stands between a provider and the transport for one login, and keeps the rules that a provider could forget.
final class GuardedTransport: Sendable {
    private struct State: Sendable {
        var record = DepartureRecord()
        var whenIdle: CheckedContinuation<Void, Never>?
    }

    private let transport: any UpstreamTransport
    private let policy: TransportPolicy
    private let deadline: Deadline
    private let credential: SecretSearch
    private let state = Locked(State())

    init(_ transport: any UpstreamTransport, policy: TransportPolicy, deadline: Deadline, credential: Credential) {
        self.transport = transport
        self.policy = policy
        self.deadline = deadline
        self.credential = SecretSearch(credential.value)
    }

    /// Sends a request if it may be sent; see ``ExchangeContext/send(_:)``.
    func send(_ request: UpstreamRequest) async throws(BrokerError) -> UpstreamResponse {
        // A transport that is given no time might take that for no limit.
        let remaining = deadline.remaining
        guard remaining > .zero else { throw TransportFailure(.timedOut, mayHaveLeft: false).brokerError }
        try begin(request)
        let response: UpstreamResponse
        do {
            response = try await transport.send(request, under: policy, within: remaining)
        } catch {
            end(request, mayHaveLeft: error.mayHaveLeft, answered: false)
            throw error.brokerError
        }
        end(request, mayHaveLeft: true, answered: true)
        guard response.status.kind != .redirection else {
            throw BrokerError(.upstreamMisbehaved, "The upstream answered with a redirect, which is never followed.")
        }
        return response
    }

    /// Lets nothing more out, waits for what is under way, and says what left.
    ///
    /// It waits for the transport, which honours cancellation, and never for the provider, which might not.
    func seal() async -> Departure {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.record.seal()
                if !state.record.isIdle { state.whenIdle = continuation }
                return state.record.isIdle
            }
            if isIdle { continuation.resume() }
        }
        return state.withLock { $0.record.departure }
    }

    private func begin(_ request: UpstreamRequest) throws(BrokerError) {
        // Another scheme than these two is the transport's to refuse.
        if !policy.egress.permits(UpstreamURL.Scheme(rawValue: request.head.scheme ?? "") ?? .http) {
            throw TransportFailure(.insecureRefused, mayHaveLeft: false).brokerError
        }
        let bearsCredential = bearsCredential(request)
        switch state.withLock({ $0.record.begin(request, bearsCredential: bearsCredential) }) {
        case nil:
            return
        case .sealed:
            throw BrokerError(.cancelled, "The login is over; nothing more is sent.")
        case .repeated, .credentialHasLeft:
            throw BrokerError(.internalError, "The provider tried to send a credential a second time.")
        }
    }

    private func end(_ request: UpstreamRequest, mayHaveLeft: Bool, answered: Bool) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.record.end(request, mayHaveLeft: mayHaveLeft, answered: answered)
            guard state.record.isIdle else { return nil }
            defer { state.whenIdle = nil }
            return state.whenIdle
        }
        waiter?.resume()
    }

    private func bearsCredential(_ request: UpstreamRequest) -> Bool {
        credential.matches(in: request.body)
            || credential.matches(in: Array((request.head.path ?? "").utf8))
            || request.head.headerFields.contains { credential.matches(in: Array($0.value.utf8)) }
    }
}

extension GuardedTransport: CustomReflectable {
    /// A mirror without children: what was sent holds the credential, and the instance's secrets.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
